import type { DeploymentView, LogLine } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { hasPart, partOf } from './step-part.ts';

type Step = DeploymentView['steps'][number];

const second = (at: number) => new Date(at * 1_000).toISOString();
const step = (name: Step['name'], from: number | null, to: number | null): Step => ({
  name,
  status: from === null ? 'waiting' : 'done',
  startedAt: from === null ? null : second(from),
  finishedAt: to === null ? null : second(to),
});
const steps = [
  step('fetch', 10, 12),
  step('plan', 12, 13),
  step('build', 13, 20),
  step('publish', 20, 21),
  step('start', 21, 22),
  step('first_line', 22, null),
];
const line = (id: string, at: number): LogLine => ({ id, at: at * 1_000, kind: 'line', text: id, data: null });
const lines = [line('1-0', 10), line('2-0', 11), line('3-0', 13), line('4-0', 19.999), line('5-0', 20)];

test('a step’s part goes from its beginning to that of the next one', () => {
  expect(partOf('fetch', steps, lines)).toEqual({ from: '1-0', to: '2-0' });
  expect(partOf('build', steps, lines)).toEqual({ from: '3-0', to: '4-0' });
  expect(partOf('publish', steps, lines)).toEqual({ from: '5-0', to: '5-0' });
});

test('a step that wrote nothing is where it was, or at the end', () => {
  expect(partOf('plan', steps, lines)).toEqual({ from: '3-0', to: '3-0' });
  expect(partOf('start', steps, lines)).toEqual({ from: '5-0', to: '5-0' });
});

test('a step under way reaches to the newest line', () => {
  const building = [...steps.slice(0, 2), { ...step('build', 13, null), status: 'running' as const }];
  expect(partOf('build', building, lines)).toEqual({ from: '3-0', to: '5-0' });
  expect(partOf('build', building, [])).toBeNull();
});

test('only what writes the build log leads to it', () => {
  expect(steps.filter(hasPart).map(({ name }) => name)).toEqual(['fetch', 'plan', 'build', 'publish']);
  expect(hasPart(step('build', null, null))).toBe(false);
  expect(hasPart({ ...step('build', 1, 1), status: 'skipped' })).toBe(false);
});
