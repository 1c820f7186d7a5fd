import { type DeploymentId, type InstanceId, type LogStream, logStreamKey } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import type { Logger } from '@zarpa/observability';
import type { LogSource } from '../engines/log-source.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { createStreamWriter } from '../redis/stream-writer.ts';
import { createFollowAttempt } from './follow-attempt.ts';
import { createMasker, type Masker } from './mask.ts';
import { createQrWatch, type QrSighting } from './qr/qr-watch.ts';
import { createStreamFollower, type StreamFollower } from './stream-follower.ts';
import { createStreamProbe } from './stream-probe.ts';

/** The part of an engine that logs come from. */
export interface LogSources {
  runLog(instanceId: InstanceId): LogSource;
  buildLog(instanceId: InstanceId, deploymentId: DeploymentId): LogSource;
}

export interface LogPipeline {
  /** Follows a log into its stream, once however often it is called; from then on its `secrets` are masked besides the earlier ones. */
  activate(stream: LogStream, secrets: Secret<readonly string[]>): void;
  /** A build's log is complete: resolves when all of it is in the stream. A run log is gone: its stream is removed. */
  ended(stream: LogStream): Promise<void>;
  /** Another worker follows it from now on: its stream stays. */
  release(stream: LogStream): void;
  /** Stops following. Streams stay as they are, to be resumed by the next worker. */
  close(): Promise<void>;
}

interface ActiveLog {
  readonly stream: LogStream;
  readonly secrets: Set<string>;
  readonly follower: StreamFollower;
  masker: Masker;
  stored: boolean;
}

const buildStreamExpireSeconds = 24 * 60 * 60;

/** Logs of an engine -> Redis streams, and the QR codes in them. */
export function createLogPipeline(options: {
  link: RedisLink;
  keyPrefix: string;
  engine: LogSources;
  publishQr: (sighting: QrSighting) => Promise<void>;
  logger: Logger;
}): LogPipeline {
  const { link, keyPrefix, engine, publishQr, logger } = options;
  const writer = createStreamWriter(link);
  const active = new Map<string, ActiveLog>();
  const probe = createStreamProbe({ link, logger, streams: () => active });

  const follow = (key: string, stream: LogStream, values: readonly string[]): ActiveLog => {
    const streamLogger = logger.child({ stream });
    const attempt = createFollowAttempt({
      key,
      link,
      writer,
      source: sourceOf(engine, stream),
      masker: () => log.masker,
      onStored: (stored) => {
        log.stored = stored;
      },
      ...(stream.kind === 'run'
        ? { watch: createQrWatch({ instanceId: stream.instanceId, publish: publishQr, logger: streamLogger }) }
        : { expireSeconds: buildStreamExpireSeconds }),
    });
    const log: ActiveLog = {
      stream,
      secrets: new Set(values),
      masker: createMasker(values),
      stored: false,
      follower: createStreamFollower({ link, logger: streamLogger, attempt }),
    };
    return log;
  };

  return {
    activate(stream, secrets) {
      const key = logStreamKey(keyPrefix, stream);
      const values = secrets.reveal();
      const log = active.get(key);
      if (log === undefined) {
        active.set(key, follow(key, stream, values));
        return;
      }
      const known = log.secrets.size;
      for (const value of values) log.secrets.add(value);
      if (log.secrets.size > known) log.masker = createMasker(log.secrets);
    },
    async ended(stream) {
      const key = logStreamKey(keyPrefix, stream);
      const log = active.get(key);
      if (stream.kind === 'run') log?.follower.stop();
      await log?.follower.done;
      active.delete(key);
      if (stream.kind === 'run') await removeStream(link, key, logger);
    },
    release(stream) {
      const key = logStreamKey(keyPrefix, stream);
      active.get(key)?.follower.stop();
      active.delete(key);
    },
    async close() {
      probe.stop();
      for (const { follower } of active.values()) follower.stop();
      await Promise.all([...active.values()].map(({ follower }) => follower.done));
      active.clear();
    },
  };
}

const sourceOf = (engine: LogSources, stream: LogStream): LogSource =>
  stream.kind === 'run' ? engine.runLog(stream.instanceId) : engine.buildLog(stream.instanceId, stream.deploymentId);

async function removeStream(link: RedisLink, key: string, logger: Logger): Promise<void> {
  try {
    await link.redis.unlink(key);
  } catch (error) {
    logger.warn({ err: error, key }, 'Failed to remove a stream');
  }
}
