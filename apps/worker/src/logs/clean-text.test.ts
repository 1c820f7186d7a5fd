import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';
import { colourSequence, esc } from './colour-sequence.ts';

const clean = (text: string): string => cleanText(Buffer.from(text));

describe('cleanText', () => {
  test('keeps text, tabs and colours', () => {
    const text = `ação\t${esc}[1;38;5;196mred${esc}[0m 漢字 🙂`;
    expect(clean(text)).toBe(text);
  });

  test('shows broken UTF-8 as replacement characters', () => {
    expect(cleanText(Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82]))).toBe('a\ufffd\ufffd(\ufffd');
  });

  test('shows control characters as symbols', () => {
    expect(clean('a\u0000b\u0007c\u0008d\u007fe\u009bf')).toBe('a␀b␇c␈d␡e\ufffdf');
  });

  test('leaves out cursor moves, cleared screens, titles and links', () => {
    expect(
      clean(
        `${esc}[2J${esc}[Hhello${esc}[K ${esc}]0;title\u0007${esc}]8;;http://x${esc}\\link${esc}]8;;${esc}\\${esc}7`,
      ),
    ).toBe('hello link');
  });

  test('shows a lone escape character', () => {
    expect(clean(`a${esc}`)).toBe('a␛');
    expect(clean(`a${esc}[`)).toBe('a␛[');
  });

  test('keeps what a progress bar showed last', () => {
    expect(clean('10 %\r50 %\r100 %\r')).toBe('100 %');
    expect(clean('windows line\r')).toBe('windows line');
  });

  test('never leaves a control character besides tabs and colours, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const shown = cleanText(bytes).replace(colourSequence, '');
        expect(shown).not.toMatch(/(?!\t)\p{Cc}/u);
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
