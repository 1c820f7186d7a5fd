import type { Logger } from '@zarpa/observability';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamFollower } from './stream-follower.ts';

interface ProbedStream {
  readonly stored: boolean;
  readonly follower: StreamFollower;
}

const probeMs = 2_000;

/**
 * Notices that Redis lost streams, also of bots that are silent. After a new connection all streams are looked at anew: Redis may have
 * come back with an older state.
 */
export function createStreamProbe(options: {
  link: RedisLink;
  logger: Logger;
  streams: () => ReadonlyMap<string, ProbedStream>;
}): { stop(): void } {
  const { link, logger, streams } = options;
  const forget = link.onReconnected(() => {
    for (const { follower } of streams().values()) follower.restart();
  });
  let probing = false;
  const probe = async () => {
    if (probing || link.redis.status !== 'ready') return;
    probing = true;
    try {
      await restartVanished(link, streams(), logger);
    } catch (error) {
      logger.debug({ err: error }, 'Failed to look for streams');
    } finally {
      probing = false;
    }
  };
  const timer = setInterval(() => void probe(), probeMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      forget();
    },
  };
}

async function restartVanished(
  link: RedisLink,
  streams: ReadonlyMap<string, ProbedStream>,
  logger: Logger,
): Promise<void> {
  const probed = [...streams].filter(([, { stored }]) => stored);
  const replies = await link.redis.pipeline(probed.map(([key]) => ['exists', key])).exec();
  for (const [index, [key, { follower }]] of probed.entries()) {
    if (replies?.[index]?.[1] !== 0) continue;
    logger.warn({ key }, 'Found a stream missing');
    follower.restart();
  }
}
