import { expect, test } from 'vitest';
import { jsonb, storable } from './jsonb.ts';

test('makes of any text one that PostgreSQL stores', () => {
  expect(storable('a\0b\ud800c')).toBe('a\uFFFDb\uFFFDc');
  expect(jsonb({ deep: ['\0', { more: '\udfff' }] })).toBe('{"deep":["\uFFFD",{"more":"\uFFFD"}]}');
  expect(jsonb('ação 🚢')).toBe('"ação 🚢"');
});
