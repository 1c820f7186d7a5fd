import { expect, test } from 'vitest';
import { localMoment } from './local-moment.ts';

test('a moment comes back from what the control shows', () => {
  for (const at of [Date.UTC(2026, 0, 31, 23, 59, 59), Date.UTC(2026, 6, 1)]) {
    expect(new Date(localMoment(at)).getTime()).toBe(at);
  }
});
