import { describe, expect, it } from 'vitest';
import { succeeded } from '../instance/progress.ts';
import { type Facts, plan } from './plan.ts';
import type { InstanceRecord, Run } from './record.ts';
import { runBegun } from './run-changes.ts';
import { aDeployment, aDesired, aRecord, publishedRecord } from './testing/builders.ts';

const timings = { stableAfterMs: 3_000, stopGraceMs: 30_000 };

const nothing: Facts = { now: 10_000, build: 'none', alive: false, anyAlive: false, sourceReachable: true };
const running: Facts = { ...nothing, alive: true, anyAlive: true };

const planned = (record: InstanceRecord, facts: Partial<Facts> = {}, base: Facts = nothing) =>
  plan(record, { ...base, ...facts }, timings);

function runningRecord(change: Partial<Run> = {}): InstanceRecord & { run: Run } {
  const record = publishedRecord(aDesired());
  const version = plan(record, nothing, timings);
  if (version.kind !== 'start') throw new Error('It should start');
  const begun = { ...record, ...runBegun(record, version.version, 'run-1', 1_000) };
  if (begun.run === null || begun.progress === null) throw new Error('It should have begun');
  const run = { ...begun.run, process: { pid: 2, startTicks: 3 }, stable: true, ...change };
  return { ...begun, progress: succeeded(begun.progress, 4_000), run };
}

describe('plan', () => {
  it('builds a new deployment, starts what is built, and then waits', () => {
    const desired = aDesired();
    expect(planned(aRecord(desired))).toEqual({ kind: 'start-build' });
    expect(planned(aRecord(desired), { build: 'current' })).toEqual({ kind: 'wait', until: null });
    expect(planned(publishedRecord(desired))).toMatchObject({ kind: 'start' });
    expect(planned(runningRecord(), {}, running)).toEqual({ kind: 'wait', until: null });
  });

  it('waits for a fresh address where the archive cannot be had', () => {
    expect(planned(aRecord(aDesired()), { sourceReachable: false })).toEqual({ kind: 'wait', until: null });
  });

  it('calls a run stable when it has been up for long enough, not before', () => {
    const young = runningRecord({ stable: false });
    expect(planned(young, { now: 3_999 }, running)).toEqual({ kind: 'wait', until: 4_000 });
    expect(planned(young, { now: 4_000 }, running)).toEqual({ kind: 'record-stable' });
  });

  it('stops a bot that should pause, restart, give way to a new version, or be deleted', () => {
    const record = runningRecord();
    const stops = [
      { ...record.desired, state: 'paused' as const },
      { ...record.desired, state: 'deleted' as const },
      { ...record.desired, state: 'purged' as const },
      { ...record.desired, restartRevision: 1 },
    ];
    for (const desired of stops) expect(planned({ ...record, desired }, {}, running)).toEqual({ kind: 'request-stop' });
    const replaced = publishedRecord(
      { ...record.desired, deployment: aDeployment() },
      { run: record.run, current: record.current },
    );
    expect(planned(replaced, {}, running)).toEqual({ kind: 'request-stop' });
  });

  it('leaves the old version running while the new one builds', () => {
    const record = runningRecord();
    const building = aRecord(
      { ...record.desired, deployment: aDeployment() },
      { run: record.run, current: record.current },
    );
    expect(planned(building, { build: 'current' }, running)).toEqual({ kind: 'wait', until: null });
  });

  it('gives a bot time to stop, then kills it, and starts nothing before every process is gone', () => {
    const stopping = runningRecord({ stopRequestedAt: 5_000 });
    expect(planned(stopping, { now: 34_999 }, running)).toEqual({ kind: 'wait', until: 35_000 });
    expect(planned(stopping, { now: 34_999, alive: false }, running)).toEqual({ kind: 'wait', until: 35_000 });
    expect(planned(stopping, { now: 35_000 }, running)).toEqual({ kind: 'kill' });
    expect(planned(stopping, { now: 6_000 })).toEqual({ kind: 'record-exit' });
    expect(planned({ ...stopping, run: null }, { anyAlive: true })).toEqual({ kind: 'kill' });
  });

  it('kills at once what a crashed bot left behind', () => {
    expect(planned(runningRecord(), { anyAlive: true })).toEqual({ kind: 'kill' });
  });

  it('waits out a backoff, and gives up where the policy did', () => {
    const record = { ...runningRecord(), run: null };
    expect(planned({ ...record, nextStartAt: 12_000 })).toEqual({ kind: 'wait', until: 12_000 });
    expect(planned({ ...record, nextStartAt: 10_000 })).toMatchObject({ kind: 'start' });
    expect(planned({ ...record, gaveUp: true })).toEqual({ kind: 'wait', until: null });
  });

  it('ends builds that nobody wants any more before anything else of them', () => {
    const record = aRecord(aDesired({ state: 'deleted' }));
    expect(planned(record, { build: 'current' })).toEqual({ kind: 'cancel-build' });
    expect(planned(record, { build: 'ending' })).toEqual({ kind: 'end-deployment', as: 'cancelled' });
    expect(planned(aRecord(aDesired()), { build: 'outdated' })).toEqual({ kind: 'cancel-build' });
    expect(planned(aRecord(aDesired()), { build: 'ending' })).toEqual({ kind: 'wait', until: null });
  });

  it('purges only when no process and no build is left', () => {
    const record = aRecord(aDesired({ state: 'purged', deployment: null }));
    expect(planned(record, { build: 'ending' })).toEqual({ kind: 'wait', until: null });
    expect(planned(record, { anyAlive: true })).toEqual({ kind: 'kill' });
    expect(planned(record)).toEqual({ kind: 'purge' });
  });
});
