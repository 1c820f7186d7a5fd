import { describe, expect, it } from 'vitest';
import { parseRootDirectory } from './root-directory.ts';

describe('parseRootDirectory', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['./apps//bot/', 'apps/bot'],
    ['Robôs/bot 1', 'Robôs/bot 1'],
  ])('reads %j as %j', (text, root) => {
    expect(parseRootDirectory(text)).toEqual({ ok: true, value: root });
  });

  it.each(['..', 'a/../b', '/etc', 'a\\b', 'a\nRUN id', '--link', 'a$b', 'a ', ' a', 'x'.repeat(301), 'a"b', 'a\0'])(
    'refuses %j',
    (text) => {
      expect(parseRootDirectory(text)).toMatchObject({ ok: false, failure: { code: 'root_directory_missing' } });
    },
  );
});
