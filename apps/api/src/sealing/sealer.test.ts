import { keyRing, Secret } from '@zarpa/env';
import { expect, test } from 'vitest';
import { Sealer, UnsealError } from './sealer.ts';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const sealerOf = (text: string) => new Sealer(new Secret(keyRing().parse(text)));

test('opens what it sealed, in any language', () => {
  const sealer = sealerOf(key('k1', 1));
  const box = sealer.seal('ação 🚢', 'inst_1:TOKEN');
  expect(sealer.open(box, 'inst_1:TOKEN')).toBe('ação 🚢');
});

test('never seals the same value to the same text', () => {
  const sealer = sealerOf(key('k1', 1));
  expect(sealer.seal('value', 'a').ciphertext).not.toBe(sealer.seal('value', 'a').ciphertext);
});

test('refuses a box that was made for another place', () => {
  const sealer = sealerOf(key('k1', 1));
  expect(() => sealer.open(sealer.seal('value', 'inst_1:TOKEN'), 'inst_2:TOKEN')).toThrow(UnsealError);
});

test('refuses a box that was changed', () => {
  const sealer = sealerOf(key('k1', 1));
  const box = sealer.seal('value', 'a');
  expect(() => sealer.open({ ...box, tag: Buffer.alloc(16).toString('base64') }, 'a')).toThrow(UnsealError);
});

test('seals with the first key and opens with all of them', () => {
  const box = sealerOf(key('old', 1)).seal('value', 'a');
  const rotated = sealerOf(`${key('new', 2)},${key('old', 1)}`);
  expect(rotated.open(box, 'a')).toBe('value');
  expect(rotated.seal('value', 'a').keyId).toBe('new');
  expect(() => sealerOf(key('new', 2)).open(box, 'a')).toThrow(UnsealError);
});
