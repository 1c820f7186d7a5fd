import { expect, test } from 'vitest';
import { aBuildPlan, aDesired } from '../local/testing/builders.ts';
import type { BuildReport } from './builds/build-report.ts';
import { followBuild } from './follow-build.ts';
import { aRecord, artifact } from './testing/builders.ts';

const report = (outcome: BuildReport['outcome'], steps: BuildReport['steps'] = {}): BuildReport => ({
  outcome,
  steps,
  buildPlan: null,
});

function queued() {
  const { progress } = aRecord(aDesired());
  if (progress === null) throw new Error('There is no deployment');
  return progress;
}

const statuses = (progress: ReturnType<typeof queued>) => progress.steps.map(({ status }) => status);

test('steps are as the build says, with their times', () => {
  const steps = { fetch: { startedAt: 1, finishedAt: 2 }, plan: { startedAt: 2, finishedAt: null } };
  const followed = followBuild(queued(), report({ state: 'running', step: 'plan' }, steps), 3);
  expect(followed.status).toBe('building');
  expect(statuses(followed).slice(0, 3)).toEqual(['done', 'running', 'waiting']);
  expect(followBuild(followed, report({ state: 'running', step: 'plan' }, steps), 4)).toBe(followed);
});

test('what is published starts', () => {
  const published = report({ state: 'published', artifact, artifactBytes: 7, buildPlan: aBuildPlan });
  expect(followBuild(queued(), published, 3)).toMatchObject({ status: 'starting', artifact, artifactBytes: 7 });
});

test('a build that is to begin again is queued as if nothing had been done, a failed one is over', () => {
  const steps = { fetch: { startedAt: 1, finishedAt: 2 } };
  const again = followBuild(queued(), report({ state: 'again' }, steps), 3);
  expect(again.status).toBe('queued');
  expect(new Set(statuses(again))).toEqual(new Set(['waiting']));
  const failed = followBuild(queued(), report({ state: 'failed', reason: { code: 'build_failed', params: {} } }), 3);
  expect(failed.status).toBe('failed');
  expect(followBuild(failed, report({ state: 'again' }), 4)).toBe(failed);
});
