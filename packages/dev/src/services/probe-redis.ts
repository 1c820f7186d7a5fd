import { Redis } from 'ioredis';
import { errorCode, errorText } from '../terminal/problem.ts';
import type { Probe } from './service.ts';

const absentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
const refusedPrefixes = new Set(['NOAUTH', 'WRONGPASS', 'NOPERM']);

/** Asks the server for its version. */
export async function probeRedis(url: string): Promise<Probe> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let connectionError: unknown;
  redis.on('error', (error) => {
    connectionError ??= error;
  });
  try {
    await redis.connect();
    const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1];
    if (version === undefined) return { state: 'foreign', detail: 'it does not tell its version' };
    return { state: 'answers', url, version };
  } catch (error) {
    return classify(connectionError ?? error);
  } finally {
    redis.disconnect();
  }
}

function classify(error: unknown): Probe {
  if (absentCodes.has(errorCode(error))) return { state: 'absent' };
  const text = errorText(error);
  // The first word of an error reply is its code: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
  if (refusedPrefixes.has(text.split(' ')[0] ?? '')) return { state: 'refuses', detail: `it answered: ${text}` };
  return { state: 'foreign', detail: text };
}
