import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownerOf } from './rendezvous.ts';

const members = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
const keys = Array.from({ length: 3_000 }, (_, index) => `inst_${index}`);

test('every key has one owner, whatever the order of the members', () => {
  fc.assert(
    fc.property(members, fc.string(), (names, key) => {
      const owner = ownerOf(names, key);
      expect(names).toContain(owner);
      expect(ownerOf([...names].reverse(), key)).toBe(owner);
    }),
  );
});

test('a member that leaves moves its own keys alone', () => {
  fc.assert(
    fc.property(members, fc.string(), (names, key) => {
      const owner = ownerOf(names, key);
      for (const left of names.filter((name) => name !== owner)) {
        expect(
          ownerOf(
            names.filter((name) => name !== left),
            key,
          ),
        ).toBe(owner);
      }
    }),
  );
});

test('three members share the keys about equally', () => {
  const owners = Map.groupBy(keys, (key) => ownerOf(['a', 'b', 'c'], key));
  for (const own of owners.values()) expect(own.length / keys.length).toBeCloseTo(1 / 3, 1);
});

test('without members nobody owns a key', () => {
  expect(ownerOf([], 'inst_1')).toBeNull();
});
