import { expect, test } from 'vitest';
import { parseAnsi, stripAnsi } from './ansi.ts';

const brief = (text: string) => parseAnsi(text).map((span) => [span.text, span.colour, span.background, span.bold]);

test('leaves plain text as one span', () => {
  expect(brief('bot online')).toEqual([['bot online', undefined, undefined, false]]);
  expect(parseAnsi('')).toEqual([]);
});

test('keeps colour until it is reset', () => {
  expect(brief('\u001b[1;31merro\u001b[0m: falhou')).toEqual([
    ['erro', 'var(--log-red)', undefined, true],
    [': falhou', undefined, undefined, false],
  ]);
});

test('an empty parameter resets', () => {
  expect(brief('\u001b[32mok\u001b[m!')).toEqual([
    ['ok', 'var(--log-green)', undefined, false],
    ['!', undefined, undefined, false],
  ]);
});

test('reads the 256 colour palette and true colour', () => {
  expect(brief('\u001b[38;5;196ma\u001b[48;2;1;2;300mb')).toEqual([
    ['a', 'rgb(255 0 0)', undefined, false],
    ['b', 'rgb(255 0 0)', 'rgb(1 2 255)', false],
  ]);
  expect(brief('\u001b[38;5;232ma')).toEqual([['a', 'rgb(8 8 8)', undefined, false]]);
});

test('reverse video swaps the colours', () => {
  expect(brief('\u001b[7mx\u001b[27my')).toEqual([
    ['x', 'var(--surface)', 'var(--ink)', false],
    ['y', undefined, undefined, false],
  ]);
});

test('drops cursor movement, titles and other sequences', () => {
  expect(stripAnsi('\u001b[2J\u001b[1;1Ha\u001b]0;title\u0007b\u001b[?25lc')).toBe('abc');
  expect(brief('\u001b[2Ka')).toEqual([['a', undefined, undefined, false]]);
});

test('a sequence cut in two never throws', () => {
  expect(() => parseAnsi('a\u001b[38;5')).not.toThrow();
  expect(() => parseAnsi('a\u001b[38;2;1mz')).not.toThrow();
  expect(
    parseAnsi('a\u001b[38;9mz')
      .map((span) => span.text)
      .join(''),
  ).toBe('az');
});
