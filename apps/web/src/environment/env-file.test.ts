import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeEnvFile, parseEnvFile } from './env-file.ts';

const read = (text: string) => Object.fromEntries(parseEnvFile(text).variables.map(({ name, value }) => [name, value]));

test('reads names and values, comments and blank lines aside', () => {
  expect(read('# chaves\nTOKEN=abc\n\n  PORT = 3000 \nexport DEBUG=1')).toEqual({
    TOKEN: 'abc',
    PORT: '3000',
    DEBUG: '1',
  });
});

test('quotes keep spaces and hashes; a bare value ends at a comment', () => {
  expect(read('A="x # y"\nB=\'z # w\'\nC=q # note\nD=a#b\nE=')).toEqual({
    A: 'x # y',
    B: 'z # w',
    C: 'q',
    D: 'a#b',
    E: '',
  });
});

test('double quotes span lines and know \\n; single ones are literal', () => {
  expect(read('KEY="-----BEGIN\nabc\n-----END"\nA="l1\\nl2"\nB=\'l1\\nl2\'')).toEqual({
    KEY: '-----BEGIN\nabc\n-----END',
    A: 'l1\nl2',
    B: 'l1\\nl2',
  });
});

test('the last value of a name counts, and Windows line ends are fine', () => {
  expect(read('\uFEFFA=1\r\nA=2\r\nB="x"\r\n')).toEqual({ A: '2', B: 'x' });
});

test('tells which lines it could not read', () => {
  expect(parseEnvFile('A=1\nisto não é nada\n1X=2').unreadable).toEqual([
    { line: 2, text: 'isto não é nada' },
    { line: 3, text: '1X=2' },
  ]);
});

test('a quote that never closes is part of the value', () => {
  expect(read('A="abc\nB=2')).toEqual({ A: '"abc', B: '2' });
});

test('recognises a pasted file', () => {
  expect(looksLikeEnvFile('A=1')).toBe(true);
  expect(looksLikeEnvFile('A=1\nB=2')).toBe(true);
  expect(looksLikeEnvFile('TOKEN')).toBe(false);
  expect(looksLikeEnvFile('só um texto\nde duas linhas')).toBe(false);
});

test('any value survives double quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const clean = value.replace(/\r/g, '');
      const quoted = clean.replace(/[\\"$]/g, '\\$&');
      expect(read(`A="${quoted}"\nB=1`)).toEqual({ A: clean, B: '1' });
    }),
  );
});
