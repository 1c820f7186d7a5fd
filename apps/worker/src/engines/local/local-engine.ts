import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { DeploymentId, DesiredInstance, InstanceId, MetricSample } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import pLimit, { type LimitFunction } from 'p-limit';
import type { OpenEnvironment } from '../../environment/open-environment.ts';
import type { ClusterReport, Engine, EngineInstance, EngineListener } from '../engine.ts';
import { accept } from '../instance/accept.ts';
import { type CrashPolicy, defaultCrashPolicy } from '../instance/crash-policy.ts';
import type { Kept } from '../instance/kept.ts';
import { observeTombstone } from '../instance/observed.ts';
import type { LogSource } from '../log-source.ts';
import { defaultSourceLimits, type SourceLimits } from '../source/archive-entries.ts';
import { type BuildLimits, defaultBuildLimits } from './build/run-command.ts';
import { defaultTimings, type LocalContext, type LocalTimings } from './context.ts';
import { Layout } from './layout.ts';
import { LocalInstance } from './local-instance.ts';
import { LogFile } from './log/log-file.ts';
import { LogReader } from './log/log-reader.ts';
import { acquireOwnership } from './owner-socket.ts';
import { buildProcesses, signalAll } from './process/members.ts';
import { ProcessTable } from './process/process-table.ts';
import { firstRecord, type InstanceRecord } from './record.ts';
import { StateStore } from './state-store.ts';

const lookMs = 500;
const buildsAtATime = 2;

export interface LocalEngineOptions {
  /** Holds everything: state, data, builds. One owner at a time. */
  readonly directory: string;
  readonly openEnvironment: OpenEnvironment;
  readonly logger: Logger;
  readonly machine?: NodeJS.ProcessEnv;
  readonly timings?: Partial<LocalTimings>;
  readonly crashPolicy?: Partial<CrashPolicy>;
  readonly sourceLimits?: Partial<SourceLimits>;
  readonly buildLimits?: Partial<BuildLimits>;
}

/**
 * Runs bots as child processes of this machine, for code you trust: it isolates neither bots from each other nor from the machine.
 * Needs Linux with `flock`, `fallocate` and `du`.
 */
export class LocalEngine implements Engine {
  readonly kind = 'local';
  readonly #options: LocalEngineOptions;
  readonly #layout: Layout;
  readonly #store: StateStore;
  readonly #processes: ProcessTable;
  readonly #instances = new Map<InstanceId, LocalInstance>();
  readonly #turns = new Map<InstanceId, LimitFunction>();
  #context: LocalContext | null = null;
  #ownership: { release(): Promise<void> } | null = null;
  #looking: NodeJS.Timeout | undefined;

  constructor(options: LocalEngineOptions) {
    this.#options = options;
    this.#layout = new Layout(options.directory);
    this.#store = new StateStore(this.#layout);
    this.#processes = new ProcessTable(this.#layout.engineId);
  }

  async open(listener: EngineListener, options: { signal?: AbortSignal } = {}): Promise<void> {
    const { logger } = this.#options;
    const name = `zarpa-engine-${this.#layout.engineId}`;
    const onStandby = () =>
      logger.info({ directory: this.#layout.root }, 'Waiting for the engine folder: another worker owns it');
    await mkdir(this.#layout.root, { recursive: true, mode: 0o700 });
    this.#ownership = await acquireOwnership({ name, onStandby, ...options });
    this.#context = this.#newContext(listener);
    await this.#store.prepare(Date.now());
    signalAll(buildProcesses(this.#processes.scan()), 'SIGKILL');
    const records = await this.#store.readRecords();
    await Promise.all(records.map((record) => this.#add(record)));
    logger.info({ directory: this.#layout.root, instances: records.length }, 'Opened the local engine');
    this.#scheduleLook();
  }

  async reconcile(desired: DesiredInstance): Promise<void> {
    await this.#turnOf(desired.instanceId)(async () => {
      const known = this.#instances.get(desired.instanceId);
      if (known !== undefined && (await known.take(desired))) return;
      await this.#takeUnknown(desired);
    });
  }

  async inventory(): Promise<EngineInstance[]> {
    return [...this.#instances.values()].map((instance) => instance.report());
  }

  async sample(): Promise<Map<InstanceId, MetricSample>> {
    const now = Date.now();
    const samples = [...this.#instances].map(([id, instance]) => [id, instance.sample(now)] as const);
    return new Map(samples.flatMap(([id, sample]) => (sample === null ? [] : [[id, sample] as const])));
  }

  async report(): Promise<ClusterReport> {
    return { engineVersion: null, abilities: [], capacity: null };
  }

  runLog(instanceId: InstanceId): LogSource {
    const instance = this.#instances.get(instanceId);
    return new LogReader(instance?.run.log ?? emptyLog());
  }

  buildLog(instanceId: InstanceId, deploymentId: DeploymentId): LogSource {
    const instance = this.#instances.get(instanceId);
    return new LogReader(instance?.build.logFile(deploymentId) ?? emptyLog());
  }

  async close(options: { stopBots: boolean }): Promise<void> {
    await Promise.all([...this.#instances.values()].map((instance) => instance.close(options)));
    clearTimeout(this.#looking);
    this.#context = null;
    await this.#ownership?.release();
    this.#ownership = null;
  }

  async #takeUnknown(desired: DesiredInstance): Promise<void> {
    const context = this.#opened();
    const { deployment } = desired;
    if (deployment !== null) context.openEnvironment(deployment.deploymentId, deployment.environment);
    const tombstone = await this.#store.readTombstone(desired.instanceId);
    const now = Date.now();
    const log = { epoch: now, nonce: randomBytes(12).toString('hex') };
    const first = (kept: Kept, revision: number) => firstRecord({ kept, revision, log, now });
    const accepted = accept({ desired, record: null, tombstone, first, now });
    if (accepted.kind === 'buried') return context.listener.observed(observeTombstone(accepted.tombstone));
    const record = { ...accepted.record, revision: accepted.record.revision + 1 };
    await this.#store.writeRecord(record);
    await this.#add(record);
  }

  async #add(record: InstanceRecord): Promise<void> {
    const { instanceId } = record.desired;
    const instance: LocalInstance = new LocalInstance({
      context: this.#opened(),
      record,
      onPurged: () => {
        if (this.#instances.get(instanceId) === instance) this.#instances.delete(instanceId);
      },
    });
    this.#instances.set(instanceId, instance);
    await instance.open();
  }

  #turnOf(instanceId: InstanceId): LimitFunction {
    const turn = this.#turns.get(instanceId) ?? pLimit(1);
    this.#turns.set(instanceId, turn);
    return turn;
  }

  #scheduleLook(): void {
    this.#looking = setTimeout(() => void this.#look(), lookMs);
  }

  async #look(): Promise<void> {
    const entries = this.#instances.size === 0 ? [] : this.#processes.scan();
    const now = Date.now();
    const looks = [...this.#instances.values()].map((instance) => instance.look(entries, now));
    for (const look of await Promise.allSettled(looks)) {
      if (look.status === 'rejected') this.#options.logger.error({ err: look.reason }, 'Failed to look after a bot');
    }
    if (this.#context !== null) this.#scheduleLook();
  }

  #opened(): LocalContext {
    if (this.#context === null) throw new Error('The engine is not open');
    return this.#context;
  }

  #newContext(listener: EngineListener): LocalContext {
    const { openEnvironment, logger, machine = process.env } = this.#options;
    return {
      layout: this.#layout,
      store: this.#store,
      listener,
      processes: this.#processes,
      buildSlots: pLimit(buildsAtATime),
      openEnvironment,
      machine,
      timings: { ...defaultTimings, ...this.#options.timings },
      crashPolicy: { ...defaultCrashPolicy, ...this.#options.crashPolicy },
      sourceLimits: { ...defaultSourceLimits, ...this.#options.sourceLimits },
      buildLimits: { ...defaultBuildLimits, ...this.#options.buildLimits },
      logger,
    };
  }
}

function emptyLog(): LogFile {
  const file = new LogFile({ path: '/nonexistent', epoch: 0, nonce: '' });
  file.end();
  return file;
}
