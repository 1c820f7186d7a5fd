import { type LogStream, logStreamKey } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import type { Logger } from '@zarpa/observability';
import type { EngineListener } from '../engines/engine.ts';
import { collectBuildLog } from '../logs/build-log.ts';
import type { LogPipeline, LogSources } from '../logs/log-pipeline.ts';
import type { Envelope } from './envelope.ts';
import type { EventPayload, LatestEvents } from './latest-events.ts';

/** What the engine says: states become events, logs go into the pipeline, a finished build's log is sent whole. */
export function createEngineListener(options: {
  envelope: Envelope;
  events: Pick<LatestEvents, 'put'>;
  logs: Pick<LogPipeline, 'activate' | 'ended' | 'release'>;
  engine: LogSources;
  publishBuildLog: (event: EventPayload<'deployment.logged'>) => Promise<void>;
  logger: Logger;
}): EngineListener {
  const { envelope, events, logs, engine, publishBuildLog, logger } = options;
  const secretsOf = new Map<string, Secret<readonly string[]>>();

  return {
    observed(observed) {
      events.put(`observed:${observed.instanceId}`, 'instance.observed', { ...envelope, observed });
    },
    progressed(progress) {
      events.put(`progress:${progress.deploymentId}`, 'deployment.progressed', { ...envelope, progress });
    },
    logActive(stream, secrets) {
      secretsOf.set(logStreamKey('', stream), secrets);
      logs.activate(stream, secrets);
    },
    async logEnded(stream) {
      const key = logStreamKey('', stream);
      const secrets = secretsOf.get(key) ?? new Secret([]);
      if (stream.kind === 'build') {
        const source = engine.buildLog(stream.instanceId, stream.deploymentId);
        const { instanceId, deploymentId } = stream;
        await publishBuildLog({
          ...envelope,
          instanceId,
          deploymentId,
          ...(await collectBuildLog({ source, secrets })),
        });
      }
      await endQuietly(logs, stream, logger);
      secretsOf.delete(key);
    },
    logReleased(stream) {
      logs.release(stream);
      secretsOf.delete(logStreamKey('', stream));
    },
  };
}

/** The log is safe already: what is left is only the end of following it. */
async function endQuietly(logs: Pick<LogPipeline, 'ended'>, stream: LogStream, logger: Logger): Promise<void> {
  try {
    await logs.ended(stream);
  } catch (error) {
    logger.warn({ err: error, stream }, 'Failed to end following a log');
  }
}
