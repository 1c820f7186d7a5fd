import { describe, expect, test } from 'vitest';
import { defaultCrashPolicy } from '../../instance/crash-policy.ts';
import { aDesired } from '../../local/testing/builders.ts';
import { observe } from '../observe.ts';
import type { InstanceRecord } from '../record/record.ts';
import { aPod, aRun, publishedRecord, runningRecord } from '../testing/builders.ts';
import { followPod } from './follow-pod.ts';
import type { ContainerEnd, PodFacts } from './pod-facts.ts';

const desired = aDesired();
const options = { policy: defaultCrashPolicy, stableAfterMs: 3_000, now: 20_000 };
const anEnd = (change: Partial<ContainerEnd> = {}): ContainerEnd => ({
  exitCode: 3,
  outOfMemory: false,
  startedAt: 9_000,
  finishedAt: 10_000,
  ...change,
});

/** Until there is nothing more to follow, as the engine does. */
function settled(record: InstanceRecord, pod: PodFacts | null, now = options.now): InstanceRecord {
  const change = followPod(record, pod, { ...options, now });
  return change === null ? record : settled({ ...record, ...change }, pod, now);
}

const seen = (record: InstanceRecord) => observe(record, defaultCrashPolicy);

describe('a start', () => {
  const starting = publishedRecord(desired, { current: runningRecord(desired).current });

  test('counts as running after it has been up for long enough, and so does its deployment', () => {
    const fresh = settled(starting, aPod(desired, { runningSince: 20_000 }), 20_000);
    expect(seen(fresh)).toMatchObject({ state: 'starting', settled: false, startedAt: 20_000 });
    expect(fresh.progress?.status).toBe('starting');
    const later = settled(fresh, aPod(desired, { runningSince: 20_000 }), 23_000);
    expect(seen(later)).toMatchObject({ state: 'running', settled: true });
    expect(later.progress?.status).toBe('succeeded');
  });

  test('that the API server dates to the second before does not count as older than it was seen to be', () => {
    expect(settled(starting, aPod(desired, { runningSince: 19_000 }), 19_900).run?.startedAt).toBe(19_900);
  });

  test('that hangs says why', () => {
    const problem = { code: 'image_pull_failed' as const, params: { detail: 'not found' } };
    const record = settled(starting, aPod(desired, { runningSince: null, problem }));
    expect(seen(record)).toMatchObject({ state: 'starting', reason: problem, settled: false });
  });

  test('that ends at once fails its deployment, and is tried again', () => {
    const pod = aPod(desired, { runningSince: null, ends: 1, lastEnd: anEnd() });
    const record = settled(starting, pod);
    expect(record.progress).toMatchObject({
      status: 'failed',
      reason: { code: 'exited_during_start', params: { exitCode: '3' } },
    });
    expect(seen(record)).toMatchObject({ state: 'backoff', exitCode: 3, reason: { code: 'crashed' }, restarts: 1 });
    expect(record.nextStartAt).toBe(20_000);
  });
});

describe('a crash', () => {
  const running = runningRecord(desired);

  test('is counted once, however often it is seen', () => {
    const pod = aPod(desired, { runningSince: null, ends: 1, lastEnd: anEnd() });
    const record = settled(running, pod);
    expect(followPod(record, pod, options)).toBeNull();
    expect(record.crashes).toHaveLength(1);
    const again = settled(record, aPod(desired, { runningSince: 11_000, ends: 1, lastEnd: anEnd() }));
    expect(seen(again)).toMatchObject({ state: 'running', restarts: 1, exitCode: 3, nextStartAt: null });
  });

  test('that nobody saw counts too', () => {
    expect(settled(running, aPod(desired, { ends: 4, lastEnd: anEnd() })).restarts).toBe(4);
  });

  test.each([
    [anEnd({ outOfMemory: true, exitCode: 137 }), 'out_of_memory'],
    [anEnd({ exitCode: 0 }), 'exited_cleanly'],
    [anEnd({ exitCode: 137 }), 'killed'],
    [anEnd({ exitCode: 1 }), 'crashed'],
  ])('has a reason: %o', (lastEnd, code) => {
    expect(settled(running, aPod(desired, { ends: 1, lastEnd })).lastExit?.reason.code).toBe(code);
  });

  test('too many of them stop it with a reason, unless a long good run lies between', () => {
    const crashes = Array.from({ length: 9 }, (_, index) => index);
    const record = settled({ ...running, crashes }, aPod(desired, { runningSince: null, ends: 1, lastEnd: anEnd() }));
    expect(record).toMatchObject({ gaveUp: true, nextStartAt: null });
    expect(seen(settled(record, null))).toMatchObject({
      state: 'stopped',
      settled: true,
      reason: { code: 'crash_loop', params: { count: '10', exitCode: '3' } },
    });
    const long = anEnd({ startedAt: 10_000 - defaultCrashPolicy.windowMs });
    const rested = settled({ ...running, crashes }, aPod(desired, { ends: 1, lastEnd: long }));
    expect(rested).toMatchObject({ gaveUp: false, crashes: [10_000] });
  });
});

describe('what is no crash', () => {
  test('an end that was asked for', () => {
    const record = runningRecord(desired);
    const going = settled(record, aPod(desired, { deleting: true }));
    expect(seen(going).state).toBe('stopping');
    const ended = settled(going, aPod(desired, { deleting: true, runningSince: null, ends: 1, lastEnd: anEnd() }));
    expect(ended).toMatchObject({ crashes: [], restarts: 0, lastExit: null });
  });

  test('a pod that was deleted by hand and came back', () => {
    const record = settled(settled(runningRecord(desired), null), aPod(desired, { uid: 'pod-2' }));
    expect(record).toMatchObject({ crashes: [], restarts: 0, run: { podUid: 'pod-2' } });
  });

  test('an eviction: it says so', () => {
    const evicted = { code: 'evicted' as const, params: { detail: 'low on disk' } };
    const pod = aPod(desired, { runningSince: null, over: true, evicted });
    const record = settled(runningRecord(desired), pod);
    expect(record).toMatchObject({ crashes: [], lastExit: { reason: evicted }, notices: [{ code: 'evicted' }] });
    expect(record.notices).toHaveLength(1);
  });
});

test('an instance settles for a new limit when the cluster has granted it', () => {
  const record = runningRecord(desired, { run: aRun(desired, { memoryMb: 128 }) });
  expect(seen(record)).toMatchObject({ settled: false, memoryLimitMb: 128 });
  expect(seen(settled(record, aPod(desired)))).toMatchObject({ settled: true, memoryLimitMb: 256 });
});
