import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isGone } from '../client/kubernetes-error.ts';
import { watchEvents } from './watch-events.ts';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

test('events come out whole however their bytes are cut, a broken last one left out', async () => {
  const eventLists = fc.array(
    fc.record({ type: fc.constant('ADDED'), object: fc.record({ kind: fc.string({ unit: 'grapheme' }) }) }),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(eventLists, sizes, async (events, chunkSizes) => {
      const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      const bytes = Buffer.from(`${text}{"type":"MODI`);
      expect(await collect(watchEvents(cut(bytes, chunkSizes)))).toEqual(events);
    }),
  );
});

test('an ERROR event throws what it says', async () => {
  const status = { code: 410, reason: 'Expired', message: 'too old resource version' };
  const bytes = Buffer.from(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
  const error = await collect(watchEvents(cut(bytes, [7]))).catch((thrown: unknown) => thrown);
  expect(isGone(error)).toBe(true);
});
