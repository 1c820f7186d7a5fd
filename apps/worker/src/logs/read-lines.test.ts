import type { LogLine } from '@zarpa/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLines } from '../engines/local/log/split-lines.ts';
import type { RawLogRecord } from '../engines/log-source.ts';
import { createMasker, mask } from './mask.ts';
import { createPace, keepAll, type Pace } from './pace.ts';
import { createLineReader } from './read-lines.ts';

const maxBytes = 64;

function recordsOf(bytes: Buffer, at = 1_000_000): RawLogRecord[] {
  return splitLines(bytes, maxBytes).map(({ kind, from, to, next }) => ({
    kind,
    at,
    position: { epoch: 1, offset: next },
    bytes: bytes.subarray(from, to),
    data: null,
  }));
}

function readInBatches(records: RawLogRecord[], sizes: number[], secrets: string[], pace: Pace = keepAll): LogLine[] {
  const masker = createMasker(secrets);
  const reader = createLineReader({ masker: () => masker, pace });
  const lines: LogLine[] = [];
  for (let from = 0, turn = 0; from < records.length; turn++) {
    const to = from + (sizes[turn % sizes.length] ?? 1);
    lines.push(...reader.push(records.slice(from, to)));
    from = to;
  }
  return [...lines, ...reader.end()];
}

const wholeText = (lines: readonly LogLine[]): string =>
  lines.map((line) => (line.kind === 'part' ? line.text : `${line.text}\n`)).join('');

const content = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constant('the-secret-value'), fc.constant('\n')),
    {
      maxLength: 30,
    },
  )
  .map((pieces) => Buffer.from(`${pieces.join('')}\n`));
const batchSizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

describe('createLineReader', () => {
  test('gives the same lines and ids however the records come', () => {
    fc.assert(
      fc.property(content, batchSizes, (bytes, sizes) => {
        const records = recordsOf(bytes);
        const lines = readInBatches(records, sizes, ['the-secret-value']);
        expect(lines).toEqual(readInBatches(records, [records.length + 1], ['the-secret-value']));
        expect(lines.map((line) => line.id)).toEqual(records.map(({ position }) => `1-${position.offset}`));
      }),
    );
  });

  test('PROMISE 5: a value is masked also where the limit of a line cuts it', () => {
    const secret = fc.stringMatching(/^[a-z]{20,200}$/).filter((text) => new Set(text).size > 5);
    fc.assert(
      fc.property(secret, fc.nat(150), fc.nat(150), batchSizes, (value, before, after, sizes) => {
        const bytes = Buffer.from(`${'#'.repeat(before)}${value}${'#'.repeat(after)}${value}\n`);
        const lines = readInBatches(recordsOf(bytes), sizes, [value]);
        expect(wholeText(lines)).toBe(`${'#'.repeat(before)}${mask}${'#'.repeat(after)}${mask}\n`);
      }),
    );
  });

  test('shows a part only when it knows what follows, and a line at once', () => {
    const reader = createLineReader({ masker: () => createMasker(['a-secret-of-some-length']), pace: keepAll });
    const [part, line] = recordsOf(Buffer.from(`${'x'.repeat(maxBytes)}tail\n`));
    if (part === undefined || line === undefined) throw new Error('Expected a part and a line');
    expect(reader.push([part])).toEqual([]);
    expect(reader.push([line]).map(({ kind }) => kind)).toEqual(['part', 'line']);
  });

  test('counts lines above the limit and tells once how many, before the next line that is kept', () => {
    const burst = recordsOf(Buffer.from('x\n'.repeat(700)), 5_000_000);
    const later = recordsOf(Buffer.from(`${'x\n'.repeat(700)}after\n`), 5_002_000).slice(-1);
    const pace = createPace({ top: null, skipUntil: null, liveFrom: null });
    const lines = readInBatches([...burst, ...later], [50], [], pace);
    expect(lines.length).toBe(502);
    expect(lines[500]).toMatchObject({ kind: 'dropped', data: { count: '200' }, id: '1-1400' });
    expect(lines[501]).toMatchObject({ kind: 'line', text: 'after' });
  });

  test('never drops what the engine says', () => {
    const burst = recordsOf(Buffer.from('x\n'.repeat(700)));
    const exited: RawLogRecord = {
      kind: 'exited',
      at: 1_000_000,
      position: { epoch: 1, offset: 5_000 },
      bytes: Buffer.alloc(0),
      data: { exitCode: '1' },
    };
    const lines = readInBatches(
      [...burst, exited],
      [1],
      [],
      createPace({ top: null, skipUntil: null, liveFrom: null }),
    );
    expect(lines.slice(-2)).toMatchObject([{ kind: 'dropped', data: { count: '200' } }, { kind: 'exited' }]);
  });

  test('keeps a whole backlog, but counts what has no room in the stream', () => {
    const backlog = recordsOf(Buffer.from('x\n'.repeat(3_000)));
    const at = (line: number) => ({ epoch: 1, offset: line * 2 });
    const lines = readInBatches(
      backlog,
      [100],
      [],
      createPace({ top: at(100), skipUntil: at(1_000), liveFrom: at(3_000) }),
    );
    expect(lines.filter(({ kind }) => kind === 'line').length).toBe(2_100);
    expect(lines[100]).toMatchObject({ kind: 'dropped', id: '1-2000', data: { count: '900' } });
  });
});
