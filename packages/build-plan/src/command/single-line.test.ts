import { describe, expect, it } from 'vitest';
import { singleLine } from './single-line.ts';

describe('singleLine', () => {
  it('joins lines so that the first failure stops the rest', () => {
    expect(singleLine('npm ci\r\n\n npm run x ')).toBe('npm ci && npm run x');
  });

  it('joins a line that a backslash continues', () => {
    expect(singleLine('node \\\n  index.js')).toBe('node    index.js');
  });

  it('removes characters that a terminal or a reader could be fooled with', () => {
    expect(singleLine('a\u001b[31mb\u2028c\u202ed\0')).toBe('a [31mb c d');
  });
});
