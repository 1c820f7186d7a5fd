import { describe, expect, it } from 'vitest';
import { joinWords, parseChain, parseWords } from './shell-words.ts';

describe('parseWords', () => {
  it.each([
    ['node index.js', ['node', 'index.js']],
    ['  node   --max-old-space-size=256 "my bot.js" ', ['node', '--max-old-space-size=256', 'my bot.js']],
    ["A='x y' node código.js", ['A=x y', 'node', 'código.js']],
    ["node ''", ['node', '']],
  ])('reads %j', (text, words) => {
    expect(parseWords(text)).toEqual(words);
  });

  it.each([
    'node $FILE',
    'a | b',
    'a; b',
    'a & b',
    'echo `id`',
    'a > b',
    'rm *.js',
    'a "b',
    'a \\ b',
    '"$HOME"',
    '',
    'a # b',
    '~/x',
  ])('leaves %j to a shell', (text) => {
    expect(parseWords(text)).toBeNull();
  });

  it('reads back what joinWords wrote', () => {
    const words = ['node', "it's.js", 'a b', 'plain'];
    expect(joinWords(words)).toBe("node 'it'\\''s.js' 'a b' plain");
    expect(parseWords(joinWords(['node', 'a b', '']))).toEqual(['node', 'a b', '']);
  });
});

describe('parseChain', () => {
  it('reads commands joined by &&', () => {
    expect(parseChain('tsc && node dist/index.js')).toEqual([['tsc'], ['node', 'dist/index.js']]);
  });

  it.each(['a || b', 'a &&', '&& a', 'echo "x && y"'])('leaves %j to a shell', (text) => {
    expect(parseChain(text)).toBeNull();
  });
});
