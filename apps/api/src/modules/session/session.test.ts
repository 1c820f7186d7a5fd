import { expect, test } from 'vitest';
import { expiryFrom, hashToken, needsProlonging, newToken, prolongAfterMs, tokenFrom } from './session.ts';

test('takes from a cookie only what could be a token of ours', () => {
  const token = newToken();
  expect(tokenFrom({ zarpa_session: token })).toBe(token);
  expect(tokenFrom({ zarpa_session: `${token}x` })).toBeUndefined();
  expect(tokenFrom({ zarpa_session: 'é'.repeat(43) })).toBeUndefined();
  expect(tokenFrom({})).toBeUndefined();
});

test('makes a token nobody can guess, and keeps only its hash', () => {
  const [first, second] = [newToken(), newToken()];
  expect(first).not.toBe(second);
  expect(hashToken(first).toString('hex')).not.toContain(first);
  expect(hashToken(first)).toHaveLength(32);
});

test('prolongs a session once a day, not with each read', () => {
  const now = Date.now();
  const session = { expiresAt: expiryFrom(now) };
  expect(needsProlonging(session, now + prolongAfterMs - 1)).toBe(false);
  expect(needsProlonging(session, now + prolongAfterMs + 1)).toBe(true);
});
