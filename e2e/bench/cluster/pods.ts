import { setTimeout as delay } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import type { BareClient } from './bare-client.ts';

/** Of a bot's pod: the one that the owner's program runs in. */
export const botContainer = 'bot';

const firstLineWithinMs = 120_000;

const runs = ({ status }: V1Pod): boolean =>
  status?.containerStatuses?.some(({ name, state }) => name === botContainer && state?.running !== undefined) ?? false;

interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

/**
 * When the pod's container prints its first line: watches until it runs, then follows its log. Milliseconds of `performance.now()`. The pod
 * with `oldUid` is not meant.
 */
export async function firstLineOf(client: BareClient, ref: PodRef, oldUid?: string): Promise<number> {
  const { namespace, name } = ref;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(firstLineWithinMs)]);
  try {
    const query = { fieldSelector: `metadata.name=${name}` };
    for await (const { object } of client.watch<V1Pod>('Pod', { namespace, query, signal }))
      if (object.metadata?.uid !== oldUid && runs(object)) break;
    for await (const _ of client.followLog({ namespace, name }, { container: botContainer }, signal))
      return performance.now();
    throw new Error(`${name} printed nothing`);
  } finally {
    over.abort();
  }
}

/** Waits until nothing of that kind and label is left. */
export async function gone(client: BareClient, kind: string, namespace: string, labelSelector: string): Promise<void> {
  const deadline = Date.now() + firstLineWithinMs;
  while ((await client.list(kind, namespace, { labelSelector })).length > 0) {
    if (Date.now() > deadline) throw new Error(`There is still a ${kind} of ${labelSelector} in ${namespace}`);
    await delay(100);
  }
}
