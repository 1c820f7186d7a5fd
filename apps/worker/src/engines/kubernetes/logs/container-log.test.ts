import { logLineMaxBytes } from '@zarpa/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogPosition } from '../../log-source.ts';
import { ContainerLogMissing, type ContainerRecord, readContainerLog } from './container-log.ts';
import { FakeKubelet } from './testing/fake-kubelet.ts';

const begin = 1_790_000_000_000_000_000n;
const second = 1_000_000_000n;

async function readAll(kubelet: FakeKubelet, after: LogPosition | null, floor: LogPosition | null = null) {
  const records: ContainerRecord[] = [];
  const place = { namespace: 'n', pod: 'p', container: 'bot', signal: new AbortController().signal };
  for await (const batch of readContainerLog({ client: kubelet, ...place, after, floor, follow: false })) {
    records.push(...batch);
  }
  return records.map(({ position, at, kind, bytes }) => ({
    position: `${position.epoch}-${position.offset}`,
    at,
    kind,
    text: Buffer.from(bytes).toString('latin1'),
  }));
}

const asPosition = (text: string): LogPosition => {
  const [epoch, offset] = text.split('-').map(Number);
  return { epoch: epoch ?? 0, offset: offset ?? 0 };
};

/** Lines of two outputs: equal times, and times that run backwards by less than a second. */
const lines = fc.array(
  fc.record({
    step: fc.constantFrom(0n, 0n, 1n, 999n, 1_000_000n, 400_000_000n, 1_700_000_000n),
    back: fc.constantFrom(0n, 0n, 1n, 5_000_000n, 990_000_000n),
    text: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
      fc.integer({ min: logLineMaxBytes - 2, max: 3 * logLineMaxBytes }).map((length) => '€'.repeat(length / 3)),
    ),
  }),
  { minLength: 1, maxLength: 30 },
);
const chunkSizes = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 5 });

function kubeletWith(written: { step: bigint; back: bigint; text: string }[]): FakeKubelet {
  const kubelet = new FakeKubelet();
  const run = kubelet.run('p');
  let now = begin;
  for (const { step, back, text } of written) {
    now += step;
    run.write(now - back, text);
  }
  return kubelet;
}

test('a reader that resumes anywhere gets the same records as one from the beginning, none lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(lines, chunkSizes, fc.nat(), async (written, sizes, where) => {
      const kubelet = kubeletWith(written);
      const whole = await readAll(kubelet, null);
      kubelet.chunkSizes = sizes;
      expect(await readAll(kubelet, null)).toEqual(whole);
      const index = where % whole.length;
      const rest = await readAll(kubelet, asPosition(whole[index]?.position ?? ''));
      expect(rest).toEqual(whole.slice(index + 1));
    }),
    { numRuns: 150 },
  );
});

test('positions rise, and are the time of the line where that rises', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (written) => {
      const positions = (await readAll(kubeletWith(written), null)).map(({ position }) => asPosition(position));
      for (const [index, { epoch, offset }] of positions.entries()) {
        const before = positions[index - 1];
        if (before === undefined) continue;
        expect(epoch > before.epoch || (epoch === before.epoch && offset > before.offset)).toBe(true);
      }
    }),
  );
  const kubelet = kubeletWith([
    { step: 0n, back: 0n, text: 'a' },
    { step: 0n, back: 0n, text: 'b' },
    { step: 1_000_001n, back: 0n, text: 'c' },
  ]);
  const ms = Number(begin / 1_000_000n);
  expect((await readAll(kubelet, null)).map(({ position }) => position)).toEqual([
    `${ms}-0`,
    `${ms}-1`,
    `${ms + 1}-1000`,
  ]);
});

test('the parts of a long line are the line', async () => {
  const text = '€'.repeat(20_000);
  const records = await readAll(kubeletWith([{ step: 0n, back: 0n, text }]), null);
  expect(records.map(({ kind }) => kind)).toEqual(['part', 'part', 'part', 'line']);
  expect(Buffer.from(records.map((record) => record.text).join(''), 'latin1').toString()).toBe(text);
});

test('records of a node whose clock is behind follow what stood before, also when read again', async () => {
  const kubelet = kubeletWith(Array.from({ length: 5 }, (_, n) => ({ step: second * 3n, back: 0n, text: String(n) })));
  const floor = { epoch: Number(begin / 1_000_000n) + 60_000, offset: 7 };
  const whole = await readAll(kubelet, floor, floor);
  expect(whole.map(({ position }) => position)).toEqual([8, 9, 10, 11, 12].map((offset) => `${floor.epoch}-${offset}`));
  expect(await readAll(kubelet, asPosition(whole[2]?.position ?? ''), floor)).toEqual(whole.slice(3));
});

test('what the kubelet says between the lines is left out', async () => {
  const kubelet = new FakeKubelet();
  const run = kubelet.run('p');
  run.write(begin, 'a\nunable to retrieve container logs for containerd://0\nfailed');
  run.write(begin + second, 'b');
  expect((await readAll(kubelet, null)).map(({ text }) => text)).toEqual(['a', 'b']);
});

test('a log that the runtime has no more is missing, not empty', async () => {
  const answer = 'unable to retrieve container logs for containerd://0123456789abcdef';
  const client = { stream: async () => [Buffer.from(answer)] as unknown as AsyncIterable<Uint8Array> };
  const place = { namespace: 'n', pod: 'p', container: 'bot', signal: new AbortController().signal };
  const reading = readContainerLog({ client, ...place, after: null, follow: false });
  await expect(reading.next()).rejects.toThrow(ContainerLogMissing);
});

test('what has no line break at the end of a log is told apart', async () => {
  const kubelet = new FakeKubelet();
  const run = kubelet.run('p');
  run.write(begin, 'a');
  run.write(begin + second, 'b');
  run.unfinished = true;
  const place = { namespace: 'n', pod: 'p', container: 'bot', signal: new AbortController().signal };
  const texts: string[] = [];
  const options = { client: kubelet, ...place, after: null, follow: false };
  const onUnfinished = ({ bytes }: ContainerRecord) => texts.push(`unfinished ${Buffer.from(bytes)}`);
  for await (const batch of readContainerLog({ ...options, onUnfinished })) {
    texts.push(...batch.map(({ bytes }) => Buffer.from(bytes).toString()));
  }
  expect(texts).toEqual(['a', 'unfinished b']);
});
