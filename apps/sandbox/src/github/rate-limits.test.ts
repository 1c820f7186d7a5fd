import { expect, test } from 'vitest';
import type { Principal } from './principal.ts';
import { RateLimits } from './rate-limits.ts';

const marina: Principal = { kind: 'user', login: 'marina-costa', scope: '' };
const stranger: Principal = { kind: 'anonymous', address: '127.0.0.1' };

test('counts down to zero, refuses, and starts again when the window ends', () => {
  let now = 1_000_000;
  const limits = new RateLimits({ authorized: 2, anonymous: 1 }, () => now);
  expect(limits.take(marina, 'core')).toMatchObject({ allowed: true, status: { remaining: 1, used: 1, reset: 4_600 } });
  expect(limits.take(marina, 'core')).toMatchObject({ allowed: true, status: { remaining: 0 } });
  expect(limits.take(marina, 'core')).toMatchObject({ allowed: false, status: { remaining: 0, used: 2 } });
  now += 60 * 60_000;
  expect(limits.take(marina, 'core')).toMatchObject({ allowed: true, status: { remaining: 1 } });
});

test('keeps accounts, addresses and resources apart, and gives back', () => {
  const limits = new RateLimits({ authorized: 2, anonymous: 1 }, () => 0);
  limits.take(marina, 'core');
  expect(limits.take(stranger, 'core')).toMatchObject({ allowed: true, status: { limit: 1, remaining: 0 } });
  expect(limits.take({ ...stranger, address: '127.0.0.2' }, 'core').allowed).toBe(true);
  expect(limits.take(marina, 'search').status).toMatchObject({ resource: 'search', limit: 30, used: 1 });
  expect(limits.giveBack(marina, 'core').used).toBe(0);
});
