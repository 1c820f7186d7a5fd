import { InvalidMessage } from '@zarpa/messaging';
import pRetry from 'p-retry';

const longestRetryMs = 5_000;

/** Publishes until the broker has it, or `signal` aborts. A message that does not fit its catalog is not sent again. */
export async function publishWithPatience(publish: () => Promise<void>, signal: AbortSignal): Promise<void> {
  await pRetry(publish, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 200,
    maxTimeout: longestRetryMs,
    signal,
    shouldRetry: ({ error }) => !(error instanceof InvalidMessage),
  });
}
