import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLogIds, fromStreamEntry, type LogLine, toStreamFields } from './log.ts';

const line = fc.record({
  id: fc.constant('1-2'),
  at: fc.nat(),
  kind: fc.constantFrom('line' as const, 'part' as const, 'exited' as const, 'dropped' as const),
  text: fc.string({ unit: 'grapheme' }),
  data: fc.option(
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc.string(),
    ),
    { nil: null },
  ),
});

describe('stream entries', () => {
  it('come back as the line that was written', () => {
    fc.assert(
      fc.property(line, (value: LogLine) => {
        expect(fromStreamEntry(value.id, toStreamFields(value))).toEqual(value);
      }),
    );
  });

  it('that are no log lines are passed over', () => {
    expect(fromStreamEntry('1-1', ['s', '{}'])).toBeUndefined();
  });
});

describe('compareLogIds', () => {
  it('orders by both numbers, not by text', () => {
    expect(['2-1', '10-1', '2-10', '2-9'].sort(compareLogIds)).toEqual(['2-1', '2-9', '2-10', '10-1']);
  });
});
