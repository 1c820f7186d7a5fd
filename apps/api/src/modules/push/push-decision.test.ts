import { expect, test } from 'vitest';
import { skipOf } from './push-decision.ts';

const follower = { desiredState: 'running', autoDeploy: true, branch: 'main' } as const;

test.each([
  [follower, 'main', null],
  [follower, 'dev', 'skipped_other_branch'],
  [{ ...follower, desiredState: 'deleted' as const }, 'main', 'skipped_deleted'],
  [{ ...follower, desiredState: 'paused' as const }, 'main', 'skipped_paused'],
  [{ ...follower, autoDeploy: false }, 'main', 'skipped_auto_deploy_off'],
])('%j and a push to %s: %s', (row, branch, outcome) => {
  expect(skipOf(row, { branch })).toBe(outcome);
});
