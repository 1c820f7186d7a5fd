import { isFinal } from '@zarpa/contracts';
import { publishedVersion, targetVersion, type Version } from '../instance/kept.ts';
import type { InstanceRecord } from './record.ts';

/** What is true now and not written down. */
export interface Facts {
  readonly now: number;
  /** The instance's one build: of its newest deployment, of an `outdated` one, or `ending` because it was cancelled. */
  readonly build: 'none' | 'current' | 'outdated' | 'ending';
  /** The bot's own process lives. */
  readonly alive: boolean;
  /** Any process of the instance lives, also one that left the bot's process group. */
  readonly anyAlive: boolean;
  /** The archive address is good, or none is needed. */
  readonly sourceReachable: boolean;
}

export interface PlanTimings {
  readonly stableAfterMs: number;
  readonly stopGraceMs: number;
}

/** The next thing to do for one instance. `wait` until something happens, at the latest until `until`. */
export type Action =
  | { readonly kind: 'wait'; readonly until: number | null }
  | { readonly kind: 'start-build' }
  | { readonly kind: 'cancel-build' }
  | { readonly kind: 'end-deployment'; readonly as: 'cancelled' | 'succeeded-without-start' }
  | { readonly kind: 'request-stop' }
  | { readonly kind: 'kill' }
  | { readonly kind: 'record-exit' }
  | { readonly kind: 'record-stable' }
  | { readonly kind: 'start'; readonly version: Version }
  | { readonly kind: 'purge' };

/** Pure: from what should be and what is to the one next step. Called again after each step until it says `wait`. */
export function plan(record: InstanceRecord, facts: Facts, timings: PlanTimings): Action {
  return planBuild(record, facts) ?? planProcess(record, facts, timings);
}

const wait = (until: number | null = null): Action => ({ kind: 'wait', until });

function planBuild(record: InstanceRecord, facts: Facts): Action | null {
  const { desired, progress } = record;
  const unwanted = desired.state === 'deleted' || desired.state === 'purged';
  if (facts.build === 'outdated' || (facts.build === 'current' && unwanted)) return { kind: 'cancel-build' };
  if (progress === null || isFinal(progress.status)) return null;
  if (unwanted) return { kind: 'end-deployment', as: 'cancelled' };
  if (facts.build !== 'none') return null;
  if (publishedVersion(record) === null) return facts.sourceReachable ? { kind: 'start-build' } : null;
  const mayEnd = desired.state === 'paused' && record.run === null;
  return mayEnd ? { kind: 'end-deployment', as: 'succeeded-without-start' } : null;
}

function planProcess(record: InstanceRecord, facts: Facts, timings: PlanTimings): Action {
  if (record.run !== null) return planRun(record, record.run, facts, timings);
  if (facts.anyAlive) return { kind: 'kill' };
  if (record.desired.state === 'purged') return facts.build === 'none' ? { kind: 'purge' } : wait();
  if (record.desired.state !== 'running' || record.gaveUp) return wait();
  if (record.nextStartAt !== null && record.nextStartAt > facts.now) return wait(record.nextStartAt);
  const version = targetVersion(record);
  return version === null ? wait() : { kind: 'start', version };
}

function planRun(
  record: InstanceRecord,
  run: NonNullable<InstanceRecord['run']>,
  facts: Facts,
  timings: PlanTimings,
): Action {
  if (!facts.alive && !facts.anyAlive) return { kind: 'record-exit' };
  if (run.stopRequestedAt !== null) {
    const killAt = run.stopRequestedAt + timings.stopGraceMs;
    return facts.now >= killAt ? { kind: 'kill' } : wait(killAt);
  }
  if (!facts.alive) return { kind: 'kill' };
  if (!shouldGoOn(record, run)) return { kind: 'request-stop' };
  const isStarting = record.progress?.status === 'starting' && record.progress.deploymentId === run.deploymentId;
  if (run.stable && !isStarting) return wait();
  const stableAt = run.startedAt + timings.stableAfterMs;
  return facts.now >= stableAt ? { kind: 'record-stable' } : wait(stableAt);
}

function shouldGoOn(record: InstanceRecord, run: NonNullable<InstanceRecord['run']>): boolean {
  return (
    record.desired.state === 'running' &&
    run.restartRevision >= record.desired.restartRevision &&
    run.deploymentId === targetVersion(record)?.deploymentId
  );
}
