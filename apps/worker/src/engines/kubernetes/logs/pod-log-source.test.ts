import { waitFor } from '@zarpa/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, beginMs, ended, positionOf, RunLogWorld, running, textOf } from './testing/run-log-world.ts';

let world: RunLogWorld;

beforeEach(() => {
  world = new RunLogWorld();
});
afterEach(() => world.stop.abort());

test('runs follow one another, each between its start and its end', async () => {
  world.crashedOnce();
  const records = await world.readOnce();
  expect(records.map(textOf)).toEqual([
    'started: Started',
    'a',
    'b',
    'exited: Ended with exit code 1',
    'started: Started',
    'c',
  ]);
  expect(records[0]?.data).toEqual({ deploymentId: 'dep_1', runId: 'pod/0' });
  expect(records[3]?.data).toEqual({ deploymentId: 'dep_1', runId: 'pod/0', code: 'crashed', exitCode: '1' });
  expect(records[4]?.data).toEqual({ deploymentId: 'dep_1', runId: 'pod/1' });
});

test('whoever resumes after any record gets the rest, at the same positions', async () => {
  world.crashedOnce();
  world.runs.notice({ at: beginMs + 250, code: 'one', text: 'One', data: {} });
  world.runs.notice({ at: beginMs + 260, code: 'two', text: 'Two', data: {} });
  world.runs.notice({ at: beginMs + 9_000, code: 'three', text: 'Three', data: {} });
  const whole = (await world.readOnce()).map((record) => `${positionOf(record)} ${textOf(record)}`);
  expect(whole.map((record) => record.slice(record.indexOf(' ') + 1))).toEqual([
    'started: Started',
    'a',
    'notice: One',
    'notice: Two',
    'b',
    'exited: Ended with exit code 1',
    'started: Started',
    'c',
    'notice: Three',
  ]);
  for (const [index, record] of whole.entries()) {
    const [epoch, offset] = (record.split(' ')[0] ?? '').split('-').map(Number);
    const rest = await world.readOnce({ epoch: epoch ?? 0, offset: offset ?? 0 });
    expect(rest.map((one) => `${positionOf(one)} ${textOf(one)}`)).toEqual(whole.slice(index + 1));
  }
});

test('a follower sees lines as they come, the restart, and the end of the log', async () => {
  const first = world.kubelet.run('pod');
  world.runs.set('pod', [running(0, 0)]);
  const { texts, until } = world.follow();
  await until('started: Started');
  first.write(at(10), 'a');
  await until('a');
  first.write(at(20), 'last words');
  first.end();
  world.kubelet.run('pod').write(at(3_000), 'again');
  world.runs.set('pod', [ended(0, 0, 0, 7), running(1, 3_000)]);
  await until('again');
  expect(texts()).toEqual([
    'started: Started',
    'a',
    'last words',
    'exited: Ended with exit code 7',
    'started: Started',
    'again',
  ]);
  expect(world.told).toEqual(['first line of pod/0', 'first line of pod/1']);
});

test('a pod that is gone ends its run and then the log, though nobody ends the stream', async () => {
  world.kubelet.run('pod').write(at(10), 'a');
  world.runs.set('pod', [running(0, 0)]);
  const { texts, until, done } = world.follow();
  await until('a');
  world.runs.remove('pod');
  world.runs.finish();
  await done;
  expect(texts()).toEqual(['started: Started', 'a', 'exited: Ended']);
});

test('a pod is drained when its follower asks for more than its last record, not before', async () => {
  const run = world.kubelet.run('pod');
  run.write(at(10), 'a');
  run.end();
  world.runs.set('pod', [ended(0, 0, 0)], true);
  const iterator = world.source.read({ after: null, follow: true, signal: world.stop.signal })[Symbol.asyncIterator]();
  const seen: string[] = [];
  while (seen.at(-1) !== 'exited: Ended with exit code 1')
    seen.push(...((await iterator.next()).value ?? []).map(textOf));
  expect(world.told).toEqual(['first line of pod/0']);
  const more = iterator.next();
  await waitFor(() => world.told.length > 1, { describe: 'the pod to be drained' });
  expect(world.told).toEqual(['first line of pod/0', 'drained pod']);
  world.stop.abort();
  await more;
});

test('a pod whose container never started is drained at once, and readers that do not follow drain nothing', async () => {
  world.runs.set('pod', [], true);
  expect(await world.readOnce()).toEqual([]);
  expect(world.told).toEqual([]);
  world.follow();
  await waitFor(() => world.told.length > 0, { describe: 'the pod to be drained' });
  expect(world.told).toEqual(['drained pod']);
});

test('a run that went away unseen has ended, nobody knows how', async () => {
  const run = world.kubelet.run('pod');
  world.runs.set('pod', [running(0, 0)]);
  const { records, until } = world.follow();
  run.write(at(10), 'a');
  await until('a');
  world.kubelet.remove('pod');
  world.runs.remove('pod');
  run.end();
  await until('exited: Ended');
  expect(records.at(-1)?.data).toEqual({ deploymentId: 'dep_1', runId: 'pod/0', code: 'killed' });
});

test('what a container wrote last without a line break is a line', async () => {
  const run = world.kubelet.run('pod');
  run.write(at(10), 'a');
  run.write(at(20), 'no line break');
  run.unfinished = true;
  run.end();
  world.runs.set('pod', [ended(0, 0, 0)], true);
  expect((await world.readOnce()).map(textOf)).toEqual([
    'started: Started',
    'a',
    'no line break',
    'exited: Ended with exit code 1',
  ]);
});

test('whoever stops reading a quiet log does not wait for its next line', async () => {
  world.kubelet.run('pod');
  world.runs.set('pod', [running(0, 0)]);
  const iterator = world.source.read({ after: null, follow: true })[Symbol.asyncIterator]();
  expect((await iterator.next()).value?.map(textOf)).toEqual(['started: Started']);
  const pending = iterator.next();
  await iterator.return?.();
  expect(await pending).toEqual({ done: true, value: undefined });
});

test('a notice that comes while the bot is quiet is told, and lines after it come later', async () => {
  const run = world.kubelet.run('pod');
  run.write(at(10), 'a');
  world.runs.set('pod', [running(0, 0)]);
  const { records, until } = world.follow();
  await until('a');
  world.runs.notice({ at: beginMs + 50, code: 'one', text: 'One', data: { x: '1' } });
  await until('notice: One');
  run.write(at(20), 'b');
  await until('b');
  expect(records.map(textOf)).toEqual(['started: Started', 'a', 'notice: One', 'b']);
  expect(records[2]?.data).toEqual({ x: '1', code: 'one' });
  const positions = records.map(({ position }) => position.epoch * 1e3 + position.offset / 1e6);
  expect(positions).toEqual([...positions].sort((left, right) => left - right));
});

test('a follower that resumes hears that a bot had written its first line', async () => {
  const run = world.kubelet.run('pod');
  run.write(at(10), 'a');
  world.runs.set('pod', [running(0, 0)]);
  world.follow({ epoch: beginMs + 60_000, offset: 0 });
  await waitFor(() => world.told.length > 0, { describe: 'the first line' });
  expect(world.told).toEqual(['first line of pod/0']);
});

test('the tail of a log is found without reading it', async () => {
  const { present } = world.crashedOnce();
  for (let n = 0; n < 50; n++) present.write(at(3_000 + n), `line ${n}`);
  const left = async (lines: number) => (await world.readOnce(await world.source.tailPosition(lines))).map(textOf);
  expect(await left(0)).toEqual([]);
  expect(await left(1)).toEqual(['line 49']);
  expect(await left(50)).toHaveLength(50);
  expect(await left(51)).toHaveLength(51);
  expect((await left(53)).slice(0, 3)).toEqual(['exited: Ended with exit code 1', 'started: Started', 'c']);
  expect(await world.source.tailPosition(1_000)).toBeNull();
  expect(world.kubelet.requests.filter(({ limitBytes }) => limitBytes !== undefined).length).toBeGreaterThan(5);
});
