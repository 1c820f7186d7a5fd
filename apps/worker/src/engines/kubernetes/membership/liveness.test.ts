import { expect, test } from 'vitest';
import { Liveness } from './liveness.ts';

const durationMs = 15_000;

function world() {
  const liveness = new Liveness();
  let now = 1_000;
  let version = 0;
  return {
    liveness,
    wait: (ms: number) => {
      now += ms;
    },
    renew: (...members: string[]) => {
      for (const member of members) liveness.see(member, { renewal: String(++version), durationMs }, now);
    },
    seeAgain: (member: string, renewal: string) => liveness.see(member, { renewal, durationMs }, now),
    leave: (member: string) => liveness.forget(member, now),
  };
}

test('a member that renews lives, one that stops is gone after its duration', () => {
  const { liveness, wait, renew } = world();
  renew('a', 'b');
  for (const _ of [1, 2, 3]) {
    wait(5_000);
    renew('a');
  }
  expect(liveness.live()).toEqual(['a', 'b']);
  wait(5_000);
  renew('a');
  expect(liveness.live()).toEqual(['a']);
});

test('a lease that is seen again without a renewal does not live longer', () => {
  const { liveness, wait, renew, seeAgain } = world();
  seeAgain('b', 'old');
  for (const _ of [1, 2, 3, 4]) {
    wait(5_000);
    renew('a');
    seeAgain('b', 'old');
  }
  expect(liveness.live()).toEqual(['a']);
});

test('a member that leaves is gone at once', () => {
  const { liveness, renew, leave } = world();
  renew('a', 'b');
  leave('b');
  expect(liveness.live()).toEqual(['a']);
});

test('nobody is taken for dead because nothing was heard of anybody', () => {
  const { liveness, wait, renew } = world();
  renew('a', 'b');
  wait(60_000);
  expect(liveness.live()).toEqual(['a', 'b']);
  renew('a');
  expect(liveness.live()).toEqual(['a', 'b']);
  for (const _ of [1, 2, 3, 4]) {
    wait(5_000);
    renew('a');
  }
  expect(liveness.live()).toEqual(['a']);
});
