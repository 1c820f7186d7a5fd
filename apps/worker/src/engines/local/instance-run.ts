import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceId, MetricSample } from '@zarpa/contracts';
import type { Version } from '../instance/kept.ts';
import { afterExit, type Exit, exitReason } from './after-exit.ts';
import { Bot } from './bot.ts';
import { pruneReleases, treeFolder } from './build/release.ts';
import type { LocalContext } from './context.ts';
import { botEnvironment, processMarks } from './environment.ts';
import { awaitFirstLine } from './first-line.ts';
import type { InstanceLayout } from './layout.ts';
import { LogFile } from './log/log-file.ts';
import type { Marker } from './log/marker.ts';
import { CpuMeter } from './process/cpu-meter.ts';
import { botRunId, memoryOf } from './process/members.ts';
import type { ProcessEntry } from './process/process-table.ts';
import type { InstanceRecord, Run } from './record.ts';
import type { RecordKeeper } from './record-keeper.ts';
import { runBegun, runStable } from './run-changes.ts';

const keptLogBytes = 16 * 1_048_576;
const retryLockedMs = 500;
const mebibyte = 1_048_576;

/** The bot of one instance: its start, its end, its log and what it uses. */
export class InstanceRun {
  readonly log: LogFile;
  readonly #context: LocalContext;
  readonly #keeper: RecordKeeper;
  readonly #instanceId: InstanceId;
  readonly #layout: InstanceLayout;
  readonly #bot: Bot;
  #cpu = new CpuMeter();
  /** Null until this run was looked at once. */
  #memoryBytes: number | null = null;

  constructor(options: { context: LocalContext; keeper: RecordKeeper; onExit: () => void }) {
    const { context, keeper, onExit } = options;
    const { desired, log } = keeper.record;
    this.#context = context;
    this.#keeper = keeper;
    this.#instanceId = desired.instanceId;
    this.#layout = context.layout.instance(desired.instanceId);
    this.log = new LogFile({ path: this.#layout.runLog, ...log });
    this.#bot = new Bot({ layout: this.#layout, instanceId: desired.instanceId, processes: context.processes, onExit });
  }

  /** Takes over from an earlier owner: the log, and the bot where it still lives. */
  async open(): Promise<void> {
    if (!(await this.log.load())) {
      const epoch = Math.max(Date.now(), this.log.epoch + 1);
      await this.log.beginEpoch(epoch);
      await this.#keeper.commit(({ log }) => ({ log: { ...log, epoch } }));
    }
    const { run } = this.#keeper.record;
    if (run === null) return;
    const process = await this.#bot.adopt(run);
    if (process === null) return;
    this.#cpu.skip(this.#bot.members({ ...run, process }, this.#context.processes.scan()));
    await this.#commitRun(run, (kept) => ({ run: { ...kept, process } }));
    this.#watchFirstLine();
  }

  isAlive(): boolean {
    const { run } = this.#keeper.record;
    return run !== null && this.#bot.isAlive(run);
  }

  anyAlive(): boolean {
    return this.#bot.anyAlive(this.#keeper.record.run);
  }

  async start(version: Version): Promise<void> {
    const runId = botRunId(randomBytes(9).toString('hex'));
    const [begun, prepared] = await Promise.allSettled([
      this.#keeper.commit((record) => runBegun(record, version, runId, Date.now())),
      this.#bot.prepare(runId),
    ]);
    if (begun.status === 'rejected') throw begun.reason;
    const { run } = this.#keeper.record;
    if (!begun.value || run === null) return;
    const values = { deploymentId: version.deploymentId, runId };
    try {
      if (prepared.status === 'rejected') throw prepared.reason;
      const logOffset = this.#mark('started', 'Started', values);
      const process = await this.#bot.start(run, this.#startOptions(version, runId));
      this.#cpu = new CpuMeter();
      this.#memoryBytes = null;
      await this.#commitRun(run, (kept) => ({ run: { ...kept, process, logOffset } }));
      this.#watchFirstLine();
    } catch (error) {
      this.#context.logger.error({ err: error, instanceId: this.#instanceId, ...values }, 'Failed to start a bot');
      await this.#end(run, { exitCode: null, heapExhausted: false, startFailed: true });
    }
  }

  async requestStop(): Promise<void> {
    const { run } = this.#keeper.record;
    if (run === null) return;
    const stopRequestedAt = Date.now();
    if (await this.#commitRun(run, (kept) => ({ run: { ...kept, stopRequestedAt } }))) await this.#bot.requestStop(run);
  }

  async kill(): Promise<void> {
    await this.#bot.kill(this.#keeper.record.run);
  }

  /** The bot's process is gone: what that means. */
  async recordExit(): Promise<void> {
    const { run } = this.#keeper.record;
    if (run === null) return;
    const exit = await this.#bot.exitOf(run);
    if (!exit.began) {
      await this.#commitRun(run, () => ({ run: null, nextStartAt: Date.now() + retryLockedMs }));
      return;
    }
    const heapExhausted = await this.#bot.ranOutOfHeap(exit.exitCode);
    if (exit.unseen) await this.#endUnseen(run);
    else await this.#end(run, { exitCode: exit.exitCode, heapExhausted, startFailed: false });
  }

  async recordStable(): Promise<void> {
    const { run } = this.#keeper.record;
    if (run === null) return;
    await this.#commitRun(run, (kept, record) => runStable(kept, record, Date.now()));
    const { current, progress } = this.#keeper.record;
    await pruneReleases(
      this.#layout,
      [current?.artifact, progress?.artifact].filter((name) => typeof name === 'string'),
    );
  }

  /** Regular look: memory limit, processor time, growth of the log. True when something ended. */
  async look(entries: readonly ProcessEntry[], now: number): Promise<boolean> {
    await this.log.checkpoint(now);
    await this.log.trim(keptLogBytes);
    const { run, desired } = this.#keeper.record;
    if (run === null || run.process === null) return false;
    const members = this.#bot.members(run, entries);
    this.#cpu.look(members);
    const memoryBytes = memoryOf(members);
    this.#memoryBytes = memoryBytes;
    if (memoryBytes <= desired.limits.memoryMb * mebibyte) return !this.#bot.isAlive(run);
    await this.#commitRun(run, (kept) => ({ run: { ...kept, killCause: 'out_of_memory' } }));
    await this.#bot.kill(run);
    return true;
  }

  sample(now: number): MetricSample | null {
    const { run, desired, restarts } = this.#keeper.record;
    if (run === null || run.process === null || this.#memoryBytes === null) return null;
    return {
      at: now,
      cpuMillis: this.#cpu.take(now, run.startedAt),
      memoryBytes: this.#memoryBytes,
      memoryLimitBytes: desired.limits.memoryMb * mebibyte,
      restarts,
      uptimeMs: Math.max(0, now - run.startedAt),
    };
  }

  /** A sentence of the engine's own in the run log. */
  notice(code: string, text: string, values: Readonly<Record<string, string>>): void {
    this.#mark('notice', text, { code, ...values });
  }

  #startOptions(
    version: Version,
    runId: string,
  ): { command: string; cwd: string; environment: Record<string, string> } {
    const { layout, machine, openEnvironment } = this.#context;
    const { deploymentId, buildPlan } = version;
    const cwd = join(treeFolder(this.#layout, version.artifact), buildPlan.rootDirectory);
    if (buildPlan.startCommand === null || !existsSync(cwd)) throw new Error(`Nothing to start in ${cwd}`);
    const environment = botEnvironment({
      layout,
      machine,
      dataDirectory: this.#layout.data,
      planned: buildPlan.environment,
      variables: openEnvironment(deploymentId, version.environment).reveal(),
      memoryMb: this.#keeper.record.desired.limits.memoryMb,
      isNode: buildPlan.runtime === 'node',
      marks: processMarks({ layout, instanceId: this.#instanceId, deploymentId, runId }),
    });
    return { command: buildPlan.startCommand, cwd, environment };
  }

  async #end(run: Run, exit: Exit): Promise<void> {
    const { limits } = this.#keeper.record.desired;
    const reason = exitReason(run, exit, limits.memoryMb);
    const code = reason?.code ?? 'stopped';
    const values = { deploymentId: run.deploymentId, runId: run.runId, code };
    if (exit.exitCode === null) this.#mark('exited', 'Ended', values);
    else {
      const exitCode = String(exit.exitCode);
      this.#mark('exited', `Ended with exit code ${exitCode}`, { ...values, exitCode });
    }
    await this.#commitRun(run, (_, record) => afterExit(record, exit, this.#context.crashPolicy, Date.now()));
  }

  /** It ended together with its worker or its machine: no fault of its own, it starts again at once. */
  async #endUnseen(run: Run): Promise<void> {
    this.#mark('exited', 'Ended', { deploymentId: run.deploymentId, runId: run.runId, code: 'killed' });
    await this.#commitRun(run, () => ({ run: null }));
  }

  #watchFirstLine(): void {
    const { run, progress } = this.#keeper.record;
    const step = progress?.steps.find(({ name }) => name === 'first_line');
    if (run === null || step?.status !== 'running' || progress?.deploymentId !== run.deploymentId) return;
    void awaitFirstLine({ run, keeper: this.#keeper, log: this.log, context: this.#context });
  }

  #mark(kind: Marker['kind'], text: string, data: Marker['data']): number {
    return this.log.append({ kind, at: Date.now(), text, data });
  }

  /** Changes the record as long as this run is the present one. */
  #commitRun(run: Run, change: (run: Run, record: InstanceRecord) => Partial<InstanceRecord>): Promise<boolean> {
    return this.#keeper.commit((record) => (record.run?.runId === run.runId ? change(record.run, record) : null));
  }
}
