import { expect, test } from 'vitest';
import { waitFor } from './wait-for.ts';

test('returns the first truthy value', async () => {
  let calls = 0;
  const value = await waitFor(() => (++calls < 3 ? null : `call ${calls}`), { describe: 'a third call' });
  expect(value).toBe('call 3');
});

test('says what it waited for and passes on the last error', async () => {
  const waiting = waitFor(() => Promise.reject(new Error('refused')), { timeoutMs: 30, describe: 'the broker' });
  await expect(waiting).rejects.toThrow(
    expect.objectContaining({ message: 'Waited 30 ms in vain for: the broker', cause: new Error('refused') }),
  );
});
