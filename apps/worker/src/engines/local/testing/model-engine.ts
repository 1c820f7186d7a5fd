import type { DeploymentId, DesiredInstance, ObservedInstance } from '@zarpa/contracts';
import { isFinal } from '@zarpa/contracts';
import { accept } from '../../instance/accept.ts';
import { defaultCrashPolicy } from '../../instance/crash-policy.ts';
import type { Kept } from '../../instance/kept.ts';
import { ended, published, requeued, succeededWithoutStart } from '../../instance/progress.ts';
import { afterExit } from '../after-exit.ts';
import { observe } from '../observe.ts';
import { type Action, plan } from '../plan.ts';
import { firstRecord, type InstanceRecord, type Tombstone } from '../record.ts';
import { runBegun, runStable } from '../run-changes.ts';
import { aBuildPlan } from './builders.ts';

export type Happening =
  | 'step'
  | 'all-goes-well'
  | 'build-fails'
  | 'build-succeeds'
  | 'bot-crashes'
  | 'worker-dies'
  | 'time-passes';

const timings = { stableAfterMs: 3_000, stopGraceMs: 30_000 };

/** One instance of the local engine with the world around it left out: the same pure parts, and processes that are numbers. */
export class ModelEngine {
  record: InstanceRecord | null = null;
  tombstone: Tombstone | null = null;
  alive = false;
  sawTwoCopies = false;
  #now = 0;
  #runs = 0;
  #build: { deploymentId: DeploymentId; aborted: boolean } | null = null;

  get observed(): ObservedInstance | null {
    return this.record === null ? null : observe(this.record, defaultCrashPolicy);
  }

  take(desired: DesiredInstance): void {
    const log = { epoch: 1, nonce: 'n' };
    const { record, tombstone } = this;
    const now = this.#now;
    const first = (kept: Kept, revision: number) => firstRecord({ kept, revision, log, now });
    const accepted = accept({ desired, record, tombstone, first, now });
    if (accepted.kind !== 'buried') this.record = accepted.record;
  }

  happen(what: Happening): void {
    switch (what) {
      case 'step':
        this.#step();
        return;
      case 'all-goes-well':
        this.comeToRest();
        return;
      case 'build-fails':
      case 'build-succeeds':
        this.#endBuild(what === 'build-succeeds');
        return;
      case 'bot-crashes':
        this.alive = false;
        return;
      case 'worker-dies':
        this.#build = null;
        if (this.record?.progress?.status === 'building')
          this.record = { ...this.record, progress: requeued(this.record.progress) };
        return;
      case 'time-passes':
        this.#now += 40_000;
    }
  }

  /** Builds succeed, bots run, time passes: until nothing changes any more. */
  comeToRest(): void {
    for (let round = 0; round < 100; round++) {
      this.#endBuild(true);
      const action = this.#step();
      if (action === null) return;
      if (action.kind === 'wait' && action.until === null && this.#build === null) return;
      if (action.kind === 'wait') this.#now = Math.max(this.#now, action.until ?? 0);
    }
    throw new Error('It never comes to rest');
  }

  #step(): Action | null {
    if (this.record === null) return null;
    const newest = this.record.desired.deployment?.deploymentId;
    const build =
      this.#build === null
        ? 'none'
        : this.#build.aborted
          ? 'ending'
          : this.#build.deploymentId === newest
            ? 'current'
            : 'outdated';
    const facts = { now: this.#now, build, alive: this.alive, anyAlive: this.alive, sourceReachable: true } as const;
    const action = plan(this.record, facts, timings);
    this.#apply(this.record, action);
    return action;
  }

  #apply(record: InstanceRecord, action: Action): void {
    switch (action.kind) {
      case 'start-build':
        if (record.desired.deployment === null) return;
        this.#build = { deploymentId: record.desired.deployment.deploymentId, aborted: false };
        break;
      case 'cancel-build':
        if (this.#build !== null) this.#build.aborted = true;
        break;
      case 'start':
        if (this.alive) this.sawTwoCopies = true;
        this.alive = true;
        break;
      case 'kill':
        this.alive = false;
        break;
      case 'purge':
        this.tombstone = { desired: record.desired, revision: record.revision, purgedAt: this.#now };
        this.record = null;
        return;
    }
    this.record = { ...record, ...this.#changeOf(record, action) };
  }

  #changeOf(record: InstanceRecord, action: Action): Partial<InstanceRecord> | null {
    const { progress, run } = record;
    const now = this.#now;
    switch (action.kind) {
      case 'start-build':
        return progress && { progress: { ...progress, status: 'building' } };
      case 'end-deployment': {
        const cancelled = { code: 'instance_deleted', params: {} } as const;
        if (action.as === 'cancelled') return progress && { progress: ended(progress, 'cancelled', cancelled, now) };
        return progress && { progress: succeededWithoutStart(progress, now) };
      }
      case 'start':
        return runBegun(record, action.version, `run-${++this.#runs}`, now);
      case 'request-stop':
        return { run: run && { ...run, stopRequestedAt: now } };
      case 'record-exit':
        return afterExit(record, { exitCode: 1, heapExhausted: false, startFailed: false }, defaultCrashPolicy, now);
      case 'record-stable':
        return run && runStable(run, record, now);
      default:
        return null;
    }
  }

  #endBuild(succeeds: boolean): void {
    const build = this.#build;
    this.#build = null;
    const progress = this.record?.progress ?? null;
    if (this.record === null || build === null || build.aborted || progress === null) return;
    if (progress.deploymentId !== build.deploymentId || isFinal(progress.status)) return;
    const result = { artifact: `local:${build.deploymentId}`, artifactBytes: 1 };
    const next = succeeds
      ? published({ ...progress, buildPlan: aBuildPlan }, result, this.#now)
      : ended(progress, 'failed', { code: 'build_failed', params: {} }, this.#now);
    this.record = { ...this.record, progress: next };
  }
}
