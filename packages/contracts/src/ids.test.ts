import { describe, expect, it } from 'vitest';
import { InstanceId, newId, OwnerId } from './ids.ts';

describe('newId', () => {
  it('makes ids that their schema takes and others refuse', () => {
    const id = newId('instance');
    expect(InstanceId.parse(id)).toBe(id);
    expect(OwnerId.safeParse(id).success).toBe(false);
  });

  it('sorts by time', () => {
    const ids = [1_000, 1_795_172_400_000, 1_795_172_400_001].map((at) => newId('deployment', at));
    expect([...ids].reverse().sort()).toEqual(ids);
  });

  it('does not repeat within a millisecond', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newId('message', 5))).size).toBe(10_000);
  });
});
