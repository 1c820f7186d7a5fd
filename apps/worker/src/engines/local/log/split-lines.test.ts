import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from './split-lines.ts';

const texts = (text: string, maxBytes = 100) => {
  const buffer = Buffer.from(text);
  return splitLines(buffer, maxBytes).map(({ kind, from, to }) => [kind, buffer.toString('utf8', from, to)]);
};

describe('splitLines', () => {
  it('gives whole lines without their breaks, and leaves the rest', () => {
    expect(texts('one\r\n\ntwo\nthr')).toEqual([
      ['line', 'one'],
      ['line', ''],
      ['line', 'two'],
    ]);
  });

  it('cuts a long line into parts between characters', () => {
    expect(texts('ééééé\n', 5)).toEqual([
      ['part', 'éé'],
      ['part', 'éé'],
      ['line', 'é'],
    ]);
    expect(texts('12345\n', 5)).toEqual([['line', '12345']]);
  });

  it('cuts bytes that are no text at the limit', () => {
    const buffer = Buffer.alloc(12, 0x80);
    expect(splitLines(buffer, 5).map(({ from, to }) => to - from)).toEqual([5, 5]);
  });

  it('cuts the same wherever a reader begins, and however much it has', () => {
    const bytes = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r', '\u0000'), { maxLength: 80 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 4, max: 9 }), fc.nat(), (characters, maxBytes, at) => {
        const buffer = Buffer.from(characters.join(''));
        const all = splitLines(buffer, maxBytes);
        const first = all.slice(0, at % (all.length + 1));
        const from = first.at(-1)?.next ?? 0;
        const rest = splitLines(buffer.subarray(from), maxBytes).map(({ next }) => next + from);
        expect([...first.map(({ next }) => next), ...rest]).toEqual(all.map(({ next }) => next));
        const early = splitLines(buffer.subarray(0, at % (buffer.length + 1)), maxBytes);
        expect(all.slice(0, early.length)).toEqual(early);
      }),
    );
  });
});
