import { expect, test } from 'vitest';
import { decodeText, withLineEndsOf } from './edit-routes.ts';

test('a file keeps the line ends that it had', () => {
  expect(withLineEndsOf(Buffer.from('a\nb\n'), 'a\r\nc\r\n').toString()).toBe('a\nc\n');
  expect(withLineEndsOf(Buffer.from('a\r\nb\r\n'), 'a\r\nc\r\n').toString()).toBe('a\r\nc\r\n');
});

test('only UTF-8 text can be edited', () => {
  expect(decodeText(Buffer.from('olá'))).toBe('olá');
  expect(decodeText(Buffer.from([0xff, 0xfe]))).toBeNull();
  expect(decodeText(Buffer.from('a\0b'))).toBeNull();
});
