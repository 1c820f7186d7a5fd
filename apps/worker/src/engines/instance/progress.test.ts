import { expect, test } from 'vitest';
import { aDesired } from '../local/testing/builders.ts';
import { nextStep, published, queuedProgress, stepsSkipped } from './progress.ts';

const result = { artifact: 'local:dep', artifactBytes: 1 };

function queued() {
  const progress = queuedProgress(aDesired(), 0);
  if (progress === null) throw new Error('There is no deployment');
  return progress;
}

const stepsOf = ({ steps }: ReturnType<typeof queued>) =>
  steps.map(({ name, status, startedAt, finishedAt }) => [name, status, startedAt, finishedAt]);

test('a step ends in the moment in which the next one begins', () => {
  const building = nextStep(nextStep(queued(), 'fetch', 10), 'plan', 25);
  expect(stepsOf(building).slice(0, 3)).toEqual([
    ['fetch', 'done', 10, 25],
    ['plan', 'running', 25, null],
    ['build', 'waiting', null, null],
  ]);
});

test('what is published is done with its last step, and what was skipped stays so', () => {
  const built = published(nextStep(queued(), 'publish', 10), result, 30);
  expect(stepsOf(built).slice(3, 5)).toEqual([
    ['publish', 'done', 10, 30],
    ['start', 'running', 30, null],
  ]);
  const reused = published(stepsSkipped(queued(), ['fetch', 'plan', 'build', 'publish'], 10), result, 30);
  expect(
    stepsOf(reused)
      .slice(0, 4)
      .map(([, status]) => status),
  ).toEqual(Array(4).fill('skipped'));
});
