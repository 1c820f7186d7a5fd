import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DeploymentId, type DeploymentProgress, type DesiredDeployment, type InstanceId } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import { secretValues } from '../instance/secret-values.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { type BuildInput, type BuildOutcome, buildDeployment, reuseArtifact } from './build/build-job.ts';
import type { LocalContext } from './context.ts';
import { buildEnvironment, processMarks } from './environment.ts';
import type { InstanceLayout } from './layout.ts';
import { LogFile } from './log/log-file.ts';
import { buildRunId } from './process/members.ts';

const deliveredName = 'delivered';

interface Job {
  readonly deploymentId: DeploymentId;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

interface BuildRequest {
  readonly deployment: DesiredDeployment;
  report(change: (progress: DeploymentProgress) => DeploymentProgress): void;
  /** What came of it; not called for a build that was cancelled. */
  settle(outcome: BuildOutcome): Promise<void>;
}

/** The one build that an instance may have at a time, and its log. */
export class InstanceBuild {
  readonly #context: LocalContext;
  readonly #instanceId: InstanceId;
  readonly #layout: InstanceLayout;
  readonly #log: { readonly epoch: number; readonly nonce: string };
  readonly #onEnd: () => void;
  #job: Job | null = null;
  #closing = false;
  #active: { readonly deploymentId: DeploymentId; readonly file: LogFile } | null = null;

  constructor(options: {
    context: LocalContext;
    instanceId: InstanceId;
    log: { readonly epoch: number; readonly nonce: string };
    onEnd: () => void;
  }) {
    this.#context = options.context;
    this.#instanceId = options.instanceId;
    this.#layout = options.context.layout.instance(options.instanceId);
    this.#log = options.log;
    this.#onEnd = options.onEnd;
  }

  stateFor(newest: DeploymentId | null): 'none' | 'current' | 'outdated' | 'ending' {
    if (this.#job === null) return 'none';
    if (this.#job.abort.signal.aborted) return 'ending';
    return this.#job.deploymentId === newest ? 'current' : 'outdated';
  }

  start(request: BuildRequest): void {
    const abort = new AbortController();
    const done = this.#run(request, abort.signal).finally(() => {
      this.#job = null;
      this.#onEnd();
    });
    this.#job = { deploymentId: request.deployment.deploymentId, abort, done };
  }

  cancel(): void {
    this.#job?.abort.abort();
  }

  /** Ends the build without an end of its log: it goes on under the next owner. */
  async close(): Promise<void> {
    this.#closing = true;
    this.cancel();
    await this.#job?.done;
  }

  /** The log of a deployment's build, under way or over. */
  logFile(deploymentId: DeploymentId): LogFile {
    if (this.#active?.deploymentId === deploymentId) return this.#active.file;
    const file = this.#newLogFile(deploymentId);
    file.end();
    return file;
  }

  /** Tells again of complete logs that nobody has kept yet. `unfinished` is not complete. */
  async deliverPending(unfinished: DeploymentId | null, secrets: Secret<readonly string[]>): Promise<void> {
    for (const name of await readdir(this.#layout.builds)) {
      const deploymentId = DeploymentId.parse(name);
      if (deploymentId === unfinished || existsSync(join(this.#layout.build(name), deliveredName))) continue;
      this.#context.listener.logActive({ kind: 'build', instanceId: this.#instanceId, deploymentId }, secrets);
      this.#deliver(deploymentId);
    }
  }

  /** Never rejects. */
  async #run(request: BuildRequest, signal: AbortSignal): Promise<void> {
    const { deploymentId } = request.deployment;
    try {
      const input = await this.#prepare(request, signal);
      const outcome = (await reuseArtifact(input)) ?? (await this.#inSlot(signal, () => buildDeployment(input)));
      signal.throwIfAborted();
      await request.settle(outcome);
      if (outcome.kind !== 'address-expired') this.#endLog(deploymentId);
    } catch (error) {
      if (signal.aborted) return this.#endLog(deploymentId);
      this.#context.logger.error(
        { err: error, deploymentId, instanceId: this.#instanceId },
        'Failed to build a deployment',
      );
      await request
        .settle({ kind: 'failed', reason: { code: 'engine_error', params: {} } })
        .catch((cause: unknown) =>
          this.#context.logger.error({ err: cause, deploymentId }, 'Failed to keep a build failure'),
        );
      this.#endLog(deploymentId);
    }
  }

  async #prepare(request: BuildRequest, signal: AbortSignal): Promise<BuildInput> {
    const context = this.#context;
    const { deploymentId, environment } = request.deployment;
    await mkdir(this.#layout.build(deploymentId), { recursive: true, mode: 0o700 });
    const variables = context.openEnvironment(deploymentId, environment).reveal();
    const log = this.#beginLog(deploymentId, secretValues([variables]));
    await log.load();
    const runId = buildRunId(randomBytes(9).toString('hex'));
    const marks = processMarks({ layout: context.layout, instanceId: this.#instanceId, deploymentId, runId });
    return {
      deployment: request.deployment,
      layout: this.#layout,
      log,
      runId,
      environment: buildEnvironment({ layout: context.layout, machine: context.machine, variables, marks }),
      cacheHome: join(context.layout.cache, 'home'),
      sourceLimits: context.sourceLimits,
      buildLimits: context.buildLimits,
      processes: context.processes,
      signal,
      report: request.report,
    };
  }

  /** Waits for its turn, but not longer than it is wanted. */
  async #inSlot<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const cancelled = Promise.withResolvers<never>();
    const onAbort = () => cancelled.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const turn = this.#context.buildSlots(async () => {
      signal.throwIfAborted();
      signal.removeEventListener('abort', onAbort);
      return await work();
    });
    return await Promise.race([turn, cancelled.promise]);
  }

  #beginLog(deploymentId: DeploymentId, secrets: Secret<readonly string[]>): LogFile {
    const file = this.#active?.deploymentId === deploymentId ? this.#active.file : this.#newLogFile(deploymentId);
    this.#active = { deploymentId, file };
    this.#context.listener.logActive({ kind: 'build', instanceId: this.#instanceId, deploymentId }, secrets);
    return file;
  }

  #endLog(deploymentId: DeploymentId): void {
    if (this.#closing || this.#active?.deploymentId !== deploymentId) return;
    this.#active.file.end();
    this.#active = null;
    this.#deliver(deploymentId);
  }

  #deliver(deploymentId: DeploymentId): void {
    const { listener, logger } = this.#context;
    const delivered = async () => {
      await listener.logEnded({ kind: 'build', instanceId: this.#instanceId, deploymentId });
      await writeFileAtomically(join(this.#layout.build(deploymentId), deliveredName), '');
    };
    delivered().catch((error: unknown) =>
      logger.warn({ err: error, deploymentId }, 'Left a build log to be delivered again'),
    );
  }

  #newLogFile(deploymentId: DeploymentId): LogFile {
    return new LogFile({ path: this.#layout.buildLog(deploymentId), ...this.#log });
  }
}
