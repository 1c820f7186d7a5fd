import type { Job } from 'kubernetes-types/batch/v1';
import type { ContainerStateTerminated, Pod, PodStatus } from 'kubernetes-types/core/v1';
import { expect, test } from 'vitest';
import { readTransfer } from './read-transfer.ts';

const job = (change: Partial<Job> = {}, metadata: Job['metadata'] = {}): Job => ({
  metadata: { uid: 'job-1', ...metadata },
  ...change,
});
const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'transfer', uid: 'job-1' };
const pod = (status: PodStatus): Pod => ({ metadata: { uid: 'pod-1', ownerReferences: [owner] }, status });
const endedPod = (terminated: Partial<ContainerStateTerminated>): Pod =>
  pod({
    containerStatuses: [
      {
        name: 'transfer',
        image: '',
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 1, ...terminated } },
      },
    ],
  });

test('a Job is prepared, going, or ending', () => {
  expect(readTransfer(null, [])).toEqual({ state: 'none' });
  expect(readTransfer(null, [pod({ phase: 'Running' })])).toEqual({ state: 'ending' });
  const suspended = { suspend: true, template: {} };
  expect(readTransfer(job({ spec: suspended }), [])).toEqual({ state: 'prepared', uid: 'job-1' });
  expect(readTransfer(job(), [pod({ phase: 'Pending' })])).toEqual({ state: 'going', uid: 'job-1' });
  expect(readTransfer(job({}, { deletionTimestamp: '2026-01-01T00:00:00Z' }), [])).toEqual({ state: 'ending' });
});

test.each([
  [{ exitCode: 0, message: '{"outcome":"done"}' }, { outcome: 'done' }],
  [{ message: '{"outcome":"failed","detail":"digest_mismatch"}' }, { outcome: 'failed', detail: 'digest_mismatch' }],
  [
    { reason: 'OOMKilled', exitCode: 137 },
    { outcome: 'again', detail: 'OOMKilled 137' },
  ],
  [{ message: 'not a word of ours' }, { outcome: 'again', detail: 'Error 1' }],
])('an end %o is %o', (terminated, outcome) => {
  expect(readTransfer(job(), [endedPod(terminated)])).toEqual({ state: 'over', uid: 'job-1', outcome });
});

test('a pod that was put out, and a Job that lost its pod, are tried again', () => {
  const evicted = readTransfer(job(), [pod({ phase: 'Failed', reason: 'Evicted' })]);
  expect(evicted).toMatchObject({ state: 'over', outcome: { outcome: 'again', detail: 'Evicted' } });
  const conditions = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }];
  const lost = readTransfer(job({ status: { conditions } }), []);
  expect(lost).toMatchObject({ state: 'over', outcome: { outcome: 'again', detail: 'BackoffLimitExceeded' } });
});

test('a pod of another Job says nothing', () => {
  const other = endedPod({ message: '{"outcome":"done"}' });
  const foreign = { ...other, metadata: { ownerReferences: [{ ...owner, uid: 'job-0' }] } };
  expect(readTransfer(job(), [foreign])).toEqual({ state: 'going', uid: 'job-1' });
});
