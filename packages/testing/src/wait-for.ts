import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 20;

/**
 * Resolves with the condition's value as soon as it is truthy. A condition that throws counts as not met.
 * @throws Error that says what was waited for, with the condition's last error as its cause.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: { timeoutMs?: number; describe: string },
): Promise<Exclude<Awaited<T>, null | undefined | false | 0 | ''>> {
  const { timeoutMs = 10_000, describe } = options;
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as Exclude<Awaited<T>, null | undefined | false | 0 | ''>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for: ${describe}`, { cause });
    await delay(pollMs);
  }
}
