import { waitFor } from '@zarpa/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PodLogSource } from './pod-log-source.ts';
import { FakeKubelet } from './testing/fake-kubelet.ts';
import { FakePodRuns } from './testing/fake-pod-runs.ts';
import { at, ended, RunLogWorld, running, textOf } from './testing/run-log-world.ts';

let world: RunLogWorld;

beforeEach(() => {
  world = new RunLogWorld();
});
afterEach(() => world.stop.abort());

test('a connection that breaks again and again loses and doubles nothing', async () => {
  world.kubelet.chunkSizes = [7, 90];
  world.kubelet.cutAfterBytes = 400;
  const run = world.kubelet.run('pod');
  const lines = Array.from({ length: 60 }, (_, n) => `line ${n}`);
  world.runs.set('pod', [running(0, 0)]);
  const { texts, until } = world.follow();
  for (const [n, line] of lines.entries()) run.write(at(n * 400), line);
  run.end();
  world.runs.set('pod', [ended(0, 0, 24_000, 0)], true);
  await until('exited: Ended with exit code 0');
  expect(texts().slice(1, -1)).toEqual(lines);
});

test('answers that break off, openly or as if complete, lose and double nothing', async () => {
  const breaks = fc.array(fc.record({ afterBytes: fc.nat(3_000), clean: fc.boolean() }), { maxLength: 12 });
  const steps = fc.array(fc.constantFrom(0, 1, 40, 900), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(breaks, steps, fc.boolean(), async (broken, gaps, unfinished) => {
      const own = new FakeKubelet();
      own.chunkSizes = [33];
      // After a connection that ended as if complete the next one fails: two such in a row can not be told from the end.
      own.breaks.push(...broken.flatMap((one) => (one.clean ? [one, { ...one, clean: false }] : [one])));
      const run = own.run('pod');
      run.unfinished = unfinished;
      let now = 0;
      const lines = gaps.map((gap, n) => {
        now += gap;
        run.write(at(now), `line ${n}`);
        return `line ${n}`;
      });
      run.end();
      const listing = new FakePodRuns();
      listing.set('pod', [ended(0, 0, Math.floor(now / 1_000) * 1_000)], true);
      const options = {
        client: own,
        runs: listing,
        listener: {},
        timings: { backoff: { minMs: 0, maxMs: 0 }, strangeMs: 60_000 },
      };
      const texts: string[] = [];
      for await (const batch of new PodLogSource(options).read({ after: null, follow: true })) {
        texts.push(...batch.map(textOf));
        if (texts.at(-1)?.startsWith('exited')) break;
      }
      expect(texts.slice(1, -1)).toEqual(lines);
    }),
    { numRuns: 150 },
  );
});

test('lines of a restart that the cache does not know of yet wait for it', async () => {
  const first = world.kubelet.run('pod');
  world.runs.set('pod', [running(0, 0)]);
  const { texts, until } = world.follow();
  first.write(at(10), 'a');
  await until('a');
  const second = world.kubelet.run('pod');
  second.write(at(3_000), 'of the second run');
  first.write(at(20), 'last words');
  const requests = world.kubelet.requests.length;
  first.end();
  await waitFor(() => world.kubelet.requests.length > requests + 2, { describe: 'attempts to go on' });
  world.runs.set('pod', [ended(0, 0, 0), running(1, 3_000)]);
  await until('of the second run');
  expect(texts()).toEqual([
    'started: Started',
    'a',
    'last words',
    'exited: Ended with exit code 1',
    'started: Started',
    'of the second run',
  ]);
});

test('a kubelet that has just started and knows no pod yet is asked until it does', async () => {
  const run = world.kubelet.run('pod');
  world.runs.set('pod', [running(0, 0)]);
  const { texts, until } = world.follow();
  run.write(at(10), 'a');
  await until('a');
  world.kubelet.knowsNoPods = true;
  const requests = world.kubelet.requests.length;
  run.write(at(20), 'last words');
  world.kubelet.breaks.push({ afterBytes: 0, clean: false });
  run.end();
  world.runs.set('pod', [ended(0, 0, 1_000, 0)], true);
  await waitFor(() => world.kubelet.requests.length > requests + 8, { describe: 'attempts' });
  world.kubelet.knowsNoPods = false;
  await until('exited: Ended with exit code 0');
  expect(texts().slice(1, -1)).toEqual(['a', 'last words']);
});
