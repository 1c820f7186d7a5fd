import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import {
  type DeploymentProgress,
  type DesiredDeployment,
  type DesiredInstance,
  type InstanceId,
  isFinal,
  type MetricSample,
} from '@zarpa/contracts';
import type { EngineInstance } from '../engine.ts';
import { ended, published, requeued, succeededWithoutStart } from '../instance/progress.ts';
import { maskedReason } from '../instance/secret-values.ts';
import type { BuildOutcome } from './build/build-job.ts';
import { releasePath } from './build/release.ts';
import type { LocalContext } from './context.ts';
import { InstanceBuild } from './instance-build.ts';
import { InstanceRun } from './instance-run.ts';
import { InstanceSecrets } from './instance-secrets.ts';
import { observe } from './observe.ts';
import { type Action, type Facts, plan } from './plan.ts';
import type { ProcessEntry } from './process/process-table.ts';
import type { InstanceRecord } from './record.ts';
import { RecordKeeper } from './record-keeper.ts';

const retryMs = 1_000;
const stoppingLookMs = 100;

/** One instance under the local engine: looks, plans, acts, until there is nothing to do. */
export class LocalInstance {
  readonly run: InstanceRun;
  readonly build: InstanceBuild;
  readonly #context: LocalContext;
  readonly #keeper: RecordKeeper;
  readonly #secrets: InstanceSecrets;
  readonly #onPurged: () => void;
  #refusedAddress: string | null = null;
  #converging: Promise<void> | null = null;
  #wanted = false;
  #timer: NodeJS.Timeout | undefined;
  #held = false;
  #closed = false;

  constructor(options: { context: LocalContext; record: InstanceRecord; onPurged: () => void }) {
    const { context, record, onPurged } = options;
    const onExit = () => this.wake();
    this.#context = context;
    this.#onPurged = onPurged;
    this.#keeper = new RecordKeeper(context, record);
    this.#secrets = new InstanceSecrets(context, this.#keeper);
    this.run = new InstanceRun({ context, keeper: this.#keeper, onExit });
    this.build = new InstanceBuild({ context, instanceId: record.desired.instanceId, log: record.log, onEnd: onExit });
  }

  get instanceId(): InstanceId {
    return this.#keeper.record.desired.instanceId;
  }

  /** Takes over what an earlier owner left, or begins with what was just stored, and tells all of it. */
  async open(): Promise<void> {
    await this.#keeper.commit(({ progress }) =>
      progress?.status === 'building' ? { progress: requeued(progress) } : null,
    );
    await this.run.open();
    const { progress } = this.#keeper.record;
    this.#keeper.announce();
    this.#secrets.tell();
    const unfinished = progress !== null && !isFinal(progress.status) && progress.artifact === null;
    await this.build.deliverPending(unfinished ? progress.deploymentId : null, this.#secrets.values);
    this.wake();
  }

  /** Takes up a command. False: the instance was purged meanwhile. */
  async take(desired: DesiredInstance): Promise<boolean> {
    const { deployment } = desired;
    const before = this.#keeper.record.desired;
    const isSameVersion = hasVariablesOf(before.deployment, deployment);
    if (deployment !== null && !isSameVersion)
      this.#context.openEnvironment(deployment.deploymentId, deployment.environment);
    const taken = await this.#keeper.take(desired);
    if (taken === 'taken') {
      if (!isSameVersion) {
        this.#secrets.reopen();
        this.#secrets.tell();
      }
      this.#tellNewLimit(before.limits.memoryMb);
    }
    this.wake();
    return taken !== null;
  }

  report(): EngineInstance {
    const { record } = this.#keeper;
    return { observed: observe(record, this.#context.crashPolicy), progress: record.progress };
  }

  async look(entries: readonly ProcessEntry[], now: number): Promise<void> {
    if (this.#keeper.purged) return;
    if (await this.run.look(entries, now)) this.wake();
  }

  sample(now: number): MetricSample | null {
    return this.run.sample(now);
  }

  /** Looks whether there is something to do. Call it as often as you like. */
  wake(): void {
    this.#wanted = true;
    if (this.#closed || this.#converging !== null) return;
    this.#converging = this.#converge().finally(() => {
      this.#converging = null;
      if (this.#wanted && !this.#keeper.purged) this.wake();
    });
  }

  async close(options: { stopBots: boolean }): Promise<void> {
    this.#held = options.stopBots;
    this.#closed = !options.stopBots;
    await this.build.close();
    while (options.stopBots && this.#keeper.record.run !== null) {
      this.wake();
      await this.#converging;
      await new Promise((resolve) => setTimeout(resolve, stoppingLookMs));
    }
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#converging;
    await this.#keeper.close();
    this.run.log.end();
  }

  /** Never rejects. */
  async #converge(): Promise<void> {
    while (this.#wanted && !this.#keeper.purged) {
      this.#wanted = false;
      try {
        await this.#actUntilNothingIsLeft();
      } catch (error) {
        this.#context.logger.error({ err: error, instanceId: this.instanceId }, 'Failed to bring an instance on');
        this.#wakeAt(Date.now() + retryMs);
      }
    }
  }

  async #actUntilNothingIsLeft(): Promise<void> {
    while (!this.#closed) {
      const action = plan(this.#view(), this.#facts(), this.#context.timings);
      if (action.kind === 'wait') return this.#wakeAt(action.until);
      await this.#apply(action);
      if (this.#keeper.purged) return;
    }
  }

  async #apply(action: Exclude<Action, { kind: 'wait' }>): Promise<void> {
    switch (action.kind) {
      case 'start-build':
        return this.#startBuild();
      case 'cancel-build':
        return this.build.cancel();
      case 'end-deployment':
        return this.#endDeployment(action.as);
      case 'start':
        return this.run.start(action.version);
      case 'request-stop':
        return this.run.requestStop();
      case 'kill':
        return this.run.kill();
      case 'record-exit':
        return this.run.recordExit();
      case 'record-stable':
        return this.run.recordStable();
      case 'purge':
        return this.#purge();
    }
  }

  #startBuild(): void {
    const { deployment } = this.#keeper.record.desired;
    if (deployment === null) return;
    const { deploymentId } = deployment;
    this.build.start({
      deployment,
      report: (change) => void this.#keepProgress(deploymentId, change),
      settle: (outcome) => this.#settleBuild(deployment.source.archiveUrl, deploymentId, outcome),
    });
  }

  /** Never rejects: a build does not fail because its progress was not told. */
  async #keepProgress(
    deploymentId: string,
    change: (progress: DeploymentProgress) => DeploymentProgress,
  ): Promise<void> {
    try {
      await this.#keeper.commit(({ progress }) => {
        const open = progress?.deploymentId === deploymentId && !isFinal(progress.status);
        return open ? { progress: change(progress) } : null;
      });
    } catch (error) {
      this.#context.logger.error({ err: error, deploymentId }, 'Failed to keep how far a build has come');
    }
  }

  async #settleBuild(archiveUrl: string, deploymentId: string, outcome: BuildOutcome): Promise<void> {
    if (outcome.kind === 'address-expired') this.#refusedAddress = archiveUrl;
    await this.#keeper.commit(({ progress }) => {
      if (progress?.deploymentId !== deploymentId || isFinal(progress.status)) return null;
      const now = Date.now();
      switch (outcome.kind) {
        case 'address-expired':
          return { progress: requeued(progress) };
        case 'failed':
          return { progress: ended(progress, 'failed', maskedReason(outcome.reason, this.#secrets.values), now) };
        case 'published': {
          const { artifact, artifactBytes, buildPlan } = outcome;
          return { progress: published({ ...progress, buildPlan }, { artifact, artifactBytes }, now) };
        }
      }
    });
  }

  async #endDeployment(as: 'cancelled' | 'succeeded-without-start'): Promise<void> {
    await this.#keeper.commit(({ progress }) => {
      if (progress === null) return null;
      const now = Date.now();
      if (as === 'succeeded-without-start') return { progress: succeededWithoutStart(progress, now) };
      return { progress: ended(progress, 'cancelled', { code: 'instance_deleted', params: {} }, now) };
    });
  }

  async #purge(): Promise<void> {
    this.run.log.end();
    if (!(await this.#keeper.purge())) return;
    this.#onPurged();
    void this.#context.listener.logEnded({ kind: 'run', instanceId: this.instanceId });
  }

  /** While the engine closes with its bots, every instance looks as if it were paused. */
  #view(): InstanceRecord {
    const { record } = this.#keeper;
    return this.#held ? { ...record, progress: null, desired: { ...record.desired, state: 'paused' } } : record;
  }

  #facts(): Facts {
    const { run, build } = this;
    const { deployment } = this.#keeper.record.desired;
    return {
      now: Date.now(),
      build: build.stateFor(deployment?.deploymentId ?? null),
      alive: run.isAlive(),
      get anyAlive() {
        return run.anyAlive();
      },
      sourceReachable: this.#isSourceReachable(),
    };
  }

  #isSourceReachable(): boolean {
    const { desired } = this.#keeper.record;
    if (desired.deployment === null) return false;
    const { artifact, source } = desired.deployment;
    const layout = this.#context.layout.instance(desired.instanceId);
    if (artifact !== null && existsSync(releasePath(layout, artifact))) return true;
    return source.archiveExpiresAt > Date.now() && source.archiveUrl !== this.#refusedAddress;
  }

  #wakeAt(until: number | null): void {
    clearTimeout(this.#timer);
    const stopping = this.#keeper.record.run?.stopRequestedAt != null;
    const at = stopping ? Date.now() + stoppingLookMs : until;
    if (at !== null && !this.#closed) this.#timer = setTimeout(() => this.wake(), Math.max(1, at - Date.now()));
  }

  #tellNewLimit(before: number): void {
    const { desired, run } = this.#keeper.record;
    const limitMb = desired.limits.memoryMb;
    if (limitMb === before || run === null) return;
    const text = `Memory limit is now ${limitMb} MB, without a restart. A Node bot's heap may use it after its next start.`;
    this.run.notice('memory_limit_changed', text, { limitMb: String(limitMb), beforeMb: String(before) });
  }
}

const hasVariablesOf = (one: DesiredDeployment | null, other: DesiredDeployment | null): boolean =>
  one?.deploymentId === other?.deploymentId && isDeepStrictEqual(one?.environment, other?.environment);
