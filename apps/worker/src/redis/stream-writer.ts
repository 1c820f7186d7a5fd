import type { RedisLink } from './redis-link.ts';

export interface StreamEntry {
  readonly id: string;
  readonly fields: readonly string[];
}

export interface AppendRequest {
  readonly key: string;
  readonly entries: readonly StreamEntry[];
  /** False where the stream must be there already: then a missing one is noticed. */
  readonly create: boolean;
  readonly maxLength: number;
  /** From the last entry on; absent for a stream that stays. */
  readonly expireSeconds?: number;
  /** The connection that the caller's knowledge of the stream comes from. */
  readonly generation: number;
}

/** `missing`: the stream has vanished, some or all of the entries were not stored. `outdated`: another connection since, nothing was sent. */
export type AppendResult = 'stored' | 'missing' | 'outdated';

/** Appends to many streams through one connection: what comes while a round trip is under way goes together in the next. */
export interface StreamWriter {
  /**
   * Entries that are there already (the same or a smaller id) count as stored.
   * @throws where it is not known what was stored.
   */
  append(request: AppendRequest): Promise<AppendResult>;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

const maxEntriesPerPipeline = 2_000;
const alreadyThere = 'equal or smaller than the target stream top item';

export function createStreamWriter(link: RedisLink): StreamWriter {
  const queue: Waiting[] = [];
  let running = false;

  const run = async () => {
    running = true;
    await Promise.resolve();
    while (queue.length > 0) await send(link, takePipeline(queue));
    running = false;
  };

  return {
    append: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        if (!running) void run();
      }),
  };
}

function takePipeline(queue: Waiting[]): Waiting[] {
  let count = 0;
  let entries = 0;
  for (const { request } of queue) {
    entries += request.entries.length;
    if (count > 0 && entries > maxEntriesPerPipeline) break;
    count += 1;
  }
  return queue.splice(0, count);
}

async function send(link: RedisLink, batch: readonly Waiting[]): Promise<void> {
  const current = batch.filter((one) => one.request.generation === link.generation);
  for (const one of batch) if (!current.includes(one)) one.resolve('outdated');
  if (current.length === 0) return;
  try {
    const commands = current.map((one) => toCommands(one.request));
    const replies = (await link.redis.pipeline(commands.flat()).exec()) ?? [];
    let from = 0;
    for (const [index, one] of current.entries()) {
      const to = from + (commands[index]?.length ?? 0);
      settle(one, replies.slice(from, from + one.request.entries.length));
      from = to;
    }
  } catch (error) {
    for (const one of current) one.reject(error);
  }
}

function toCommands({ key, entries, create, maxLength, expireSeconds }: AppendRequest): string[][] {
  const commands = entries.map(({ id, fields }, index) => {
    const existing = create && index === 0 ? [] : ['NOMKSTREAM'];
    return ['xadd', key, ...existing, 'MAXLEN', '~', String(maxLength), id, ...fields];
  });
  if (expireSeconds !== undefined) commands.push(['expire', key, String(expireSeconds)]);
  return commands;
}

function settle(one: Waiting, replies: readonly [Error | null, unknown][]): void {
  const failed = replies.find(([error]) => error !== null && !error.message.includes(alreadyThere));
  if (failed !== undefined) one.reject(new Error('Failed to append to a stream', { cause: failed[0] }));
  else one.resolve(replies.some(([error, id]) => error === null && id === null) ? 'missing' : 'stored');
}
