import { waitFor } from '@zarpa/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FakeRun } from './testing/fake-kubelet.ts';
import { at, ended, RunLogWorld, running } from './testing/run-log-world.ts';

let world: RunLogWorld;
let run: FakeRun;

beforeEach(() => {
  world = new RunLogWorld();
  run = world.kubelet.run('pod');
  run.write(at(10), 'a');
  world.runs.set('pod', [running(0, 0)]);
});
afterEach(() => world.stop.abort());

const caughtUp = () => waitFor(() => world.told.includes('caught up with pod'), { describe: 'the log to be read' });

test('a pod that is being deleted is caught up with when its log has ended, before its end is told', async () => {
  const { texts, until } = world.follow();
  await until('a');
  world.runs.stop('pod');
  run.write(at(20), 'bye');
  await until('bye');
  expect(world.told).not.toContain('caught up with pod');
  run.end();
  await caughtUp();
  expect(texts()).toEqual(['started: Started', 'a', 'bye']);
  world.runs.set('pod', [ended(0, 0, 0, 0)], true);
  await until('exited: Ended with exit code 0');
  expect(world.told.filter((one) => one.startsWith('caught up'))).toHaveLength(1);
});

test('whoever comes when the bot has ended reads all that it wrote, and is caught up then', async () => {
  world.runs.stop('pod');
  run.write(at(20), 'bye');
  run.end();
  const { texts } = world.follow();
  await caughtUp();
  expect(texts()).toEqual(['started: Started', 'a', 'bye']);
});

test('answers that break off are no end, and what comes after one that looked like it is read too', async () => {
  world.kubelet.breaks.push({ afterBytes: 5, clean: true }, { afterBytes: 5, clean: false });
  world.runs.stop('pod');
  const { until } = world.follow();
  await until('a');
  expect(world.told).not.toContain('caught up with pod');
  run.write(at(20), 'still there');
  await until('still there');
  run.end();
  await caughtUp();
});

test('what it wrote last without a line break is told though its log is gone when its end is told', async () => {
  run.write(at(20), 'no line break');
  run.unfinished = true;
  run.end();
  world.runs.stop('pod');
  const { until } = world.follow();
  await caughtUp();
  world.kubelet.loseContainers('pod');
  world.runs.set('pod', [ended(0, 0, 0, 0)], true);
  await until('no line break');
  await until('exited: Ended with exit code 0');
});

test('a pod without a run to read is caught up with at once', async () => {
  world.runs.set('pod', []);
  world.runs.stop('pod');
  world.follow();
  await caughtUp();
});
