import { describe, expect, it } from 'vitest';
import { startArguments } from './start-arguments.ts';

describe('startArguments', () => {
  it.each([
    ['node index.js', ['node', 'index.js']],
    ['exec node index.js', ['node', 'index.js']],
    ['NODE_ENV=x node index.js', ['env', 'NODE_ENV=x', 'node', 'index.js']],
    ['env A=b node index.js', ['env', 'A=b', 'node', 'index.js']],
  ])('runs %j without a shell', (command, expected) => {
    expect(startArguments(command)).toEqual(expected);
  });

  it.each([
    ['node index.js $PORT', 'exec node index.js $PORT'],
    ['. .venv/bin/activate && gunicorn app:app', '. .venv/bin/activate && exec gunicorn app:app'],
    ["A='x y' true && node index.js", "A='x y' true && exec node index.js"],
    ['node a.js; node b.js', 'node a.js; node b.js'],
    ['node a.js & node b.js', 'node a.js & node b.js'],
    ['cd bot', 'cd bot'],
    ['A=$B node index.js', 'A=$B node index.js'],
  ])('gives %j to a shell', (command, expected) => {
    expect(startArguments(command)).toEqual(['sh', '-c', expected]);
  });
});
