import { type InstanceId, MetricSample, metricsStreamKey, metricsStreamMaxLength } from '@zarpa/contracts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamWriter } from '../redis/stream-writer.ts';

const expireSeconds = 2 * 60 * 60;

/** Samples of the last hour in Redis, one stream per instance. */
export interface SampleStream {
  write(samples: ReadonlyMap<InstanceId, MetricSample>): Promise<void>;
  /** Those taken at `since` or later. */
  read(instanceIds: Iterable<InstanceId>, since: number): Promise<[InstanceId, MetricSample][]>;
}

export function createSampleStream(options: {
  link: RedisLink;
  writer: StreamWriter;
  keyPrefix: string;
}): SampleStream {
  const { link, writer, keyPrefix } = options;
  return {
    async write(samples) {
      const { generation } = link;
      const appends = [...samples].map(([instanceId, sample]) =>
        writer.append({
          key: metricsStreamKey(keyPrefix, instanceId),
          entries: [{ id: `${sample.at}-0`, fields: ['s', JSON.stringify(sample)] }],
          create: true,
          maxLength: metricsStreamMaxLength,
          expireSeconds,
          generation,
        }),
      );
      await Promise.all(appends);
    },
    async read(instanceIds, since) {
      const ids = [...instanceIds];
      const commands = ids.map((id) => ['xrange', metricsStreamKey(keyPrefix, id), String(since), '+']);
      const replies = (await link.redis.pipeline(commands).exec()) ?? [];
      return ids.flatMap((id, index) =>
        parseReply(replies[index]).map((sample): [InstanceId, MetricSample] => [id, sample]),
      );
    },
  };
}

function parseReply([error, entries]: [Error | null, unknown] = [null, []]): MetricSample[] {
  if (error !== null) throw new Error('Failed to read samples', { cause: error });
  return (entries as [string, string[]][]).flatMap(([, fields]) => {
    const sample = MetricSample.safeParse(parseJson(fields[fields.indexOf('s') + 1] ?? ''));
    return sample.success ? [sample.data] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
