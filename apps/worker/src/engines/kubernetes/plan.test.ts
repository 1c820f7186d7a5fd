import { describe, expect, test } from 'vitest';
import { aDeployment, aDesired } from '../local/testing/builders.ts';
import { plan } from './plan.ts';
import { aPod, aRecord, factsOf, publishedRecord, runningRecord } from './testing/builders.ts';

describe('a build', () => {
  test('starts for a new deployment, and not without a good address', () => {
    const desired = aDesired();
    expect(plan(aRecord(desired), factsOf(desired, { statefulSet: 'absent', pod: null })).kind).toBe('start-build');
    const unreachable = factsOf(desired, { statefulSet: 'absent', pod: null, sourceReachable: false });
    expect(plan(aRecord(desired), unreachable).kind).toBe('wait');
  });

  test('is waited for, cancelled when outdated, and when the instance is deleted', () => {
    const desired = aDesired();
    const facts = factsOf(desired, { statefulSet: 'absent', pod: null });
    expect(plan(aRecord(desired), { ...facts, build: 'current' }).kind).toBe('wait');
    expect(plan(aRecord(desired), { ...facts, build: 'outdated' }).kind).toBe('cancel-build');
    const deleted = aRecord({ ...desired, state: 'deleted' });
    expect(plan(deleted, { ...facts, build: 'current' }).kind).toBe('cancel-build');
    expect(plan(deleted, { ...facts, build: 'none' })).toEqual({ kind: 'end-deployment', as: 'cancelled' });
  });

  test('leaves the version before running: nothing is applied for it', () => {
    const old = aDesired();
    const desired = { ...old, generation: 2, deployment: aDeployment() };
    const record = { ...runningRecord(old), desired, progress: aRecord(desired).progress };
    expect(plan(record, factsOf(old, { build: 'current' })).kind).toBe('wait');
  });
});

describe('a version', () => {
  test('is adopted once published, then applied, then left alone', () => {
    const desired = aDesired();
    const nothing = factsOf(desired, { statefulSet: 'absent', pod: null });
    const published = publishedRecord(desired);
    expect(plan(published, nothing).kind).toBe('adopt-version');
    const adopted = { ...published, current: runningRecord(desired).current };
    expect(plan(adopted, nothing).kind).toBe('apply');
    expect(plan(runningRecord(desired), factsOf(desired)).kind).toBe('wait');
  });

  test('undoes an edit by hand', () => {
    const desired = aDesired();
    expect(plan(runningRecord(desired), factsOf(desired, { statefulSet: 'differs' })).kind).toBe('apply');
    expect(plan(runningRecord(desired), factsOf(desired, { statefulSet: 'absent' })).kind).toBe('apply');
  });

  test('replaces a pod of another run by its uid, and only while it is not going already', () => {
    const desired = aDesired();
    const outdated = aPod(desired, { uid: 'old', run: 'another' });
    expect(plan(runningRecord(desired), factsOf(desired, { pod: outdated }))).toEqual({
      kind: 'replace-pod',
      uid: 'old',
      because: 'outdated',
    });
    const going = factsOf(desired, { pod: { ...outdated, deleting: true } });
    expect(plan(runningRecord(desired), going).kind).toBe('wait');
  });
});

describe('limits', () => {
  const desired = aDesired();
  const small = (change = {}) => factsOf(desired, { pod: aPod(desired, { memoryMb: 128, ...change }) });

  test('change in place, once', () => {
    expect(plan(runningRecord(desired), small()).kind).toBe('resize-pod');
    expect(plan(runningRecord(desired), small({ resize: 'pending' })).kind).toBe('wait');
  });

  test('cost a restart only where the cluster says so', () => {
    const expected = { kind: 'replace-pod', because: 'not-resizable' };
    expect(plan(runningRecord(desired), small({ resize: 'infeasible' }))).toMatchObject(expected);
    expect(plan(runningRecord(desired), { ...small(), canResize: false })).toMatchObject(expected);
  });
});

describe('an end', () => {
  test('of a pod is held until its log is read', () => {
    const desired = aDesired();
    const pod = aPod(desired, { deleting: true, over: true });
    const record = runningRecord({ ...desired, state: 'paused' });
    expect(plan(record, factsOf(desired, { pod })).kind).toBe('wait');
    expect(plan(record, factsOf(desired, { pod, logRead: true }))).toEqual({ kind: 'release-pod', uid: pod.uid });
    expect(plan(record, factsOf(desired, { pod: { ...pod, over: false }, logRead: true })).kind).toBe('wait');
  });

  test('of a bot leaves its log keeper until what it wrote is read, however it came about', () => {
    const desired = aDesired();
    const pod = aPod(desired, { deleting: true });
    for (const state of ['running', 'paused'] as const) {
      const record = runningRecord({ ...desired, state });
      expect(plan(record, factsOf(desired, { pod })).kind).toBe('wait');
      const caughtUp = factsOf(desired, { pod, logCaughtUp: true });
      expect(plan(record, caughtUp)).toEqual({ kind: 'end-log-keeper', uid: pod.uid, stray: null });
      expect(plan(record, { ...caughtUp, pod: { ...pod, heldForLog: false } }).kind).toBe('wait');
    }
  });

  test('of a pod that there may not be is not waited for by its log', () => {
    const desired = aDesired();
    const stray = { name: 'inst-1', uid: 'pod-2', over: true };
    expect(plan(runningRecord(desired), factsOf(desired, { stray }))).toEqual({ kind: 'release-stray', stray });
    const going = { ...stray, over: false };
    const action = plan(runningRecord(desired), factsOf(desired, { stray: going }));
    expect(action).toEqual({ kind: 'end-log-keeper', uid: going.uid, stray: going });
  });

  test('purges only when no pod and no build is left, also after an interruption', () => {
    const desired = aDesired({ state: 'purged' });
    const record = runningRecord(desired);
    expect(plan(record, factsOf(desired)).kind).toBe('wait');
    expect(plan(record, factsOf(desired, { statefulSet: 'differs' })).kind).toBe('apply');
    expect(plan(record, factsOf(desired, { pod: null, build: 'ending' })).kind).toBe('wait');
    expect(plan(record, factsOf(desired, { pod: null })).kind).toBe('purge');
    expect(plan(record, factsOf(desired, { pod: null, statefulSet: 'absent' })).kind).toBe('purge');
  });

  test('by too many crashes leaves nothing to start', () => {
    const desired = aDesired();
    const record = runningRecord(desired, { gaveUp: true });
    expect(plan(record, factsOf(desired, { statefulSet: 'differs' })).kind).toBe('apply');
    expect(plan(record, factsOf(desired, { pod: null })).kind).toBe('wait');
  });
});
