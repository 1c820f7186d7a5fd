import { expect, test } from 'vitest';
import { readTotals } from './totals.ts';

test('a test file that broke before it had a test counts as failed', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(readTotals(JSON.stringify(report))).toEqual({ passed: 5, failed: 2 });
});
