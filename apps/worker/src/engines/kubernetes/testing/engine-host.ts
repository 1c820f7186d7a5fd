import { gunzipSync } from 'node:zlib';
import { ClusterId, fromStreamEntry, type LogLine, runLogStreamKey } from '@zarpa/contracts';
import { createLogger } from '@zarpa/observability';
import { openEnvironment } from '../../../environment/open-environment.ts';
import { createEngineListener } from '../../../events/engine-listener.ts';
import { newEnvelope } from '../../../events/envelope.ts';
import { createLogPipeline } from '../../../logs/log-pipeline.ts';
import { fromLogId } from '../../../logs/log-position.ts';
import { connectRedis } from '../../../redis/redis-link.ts';
import type { LogRecordText } from '../../contract/harness.ts';
import { serveEngine } from '../../contract/process/serve-engine.ts';
import { sealingKeyId } from '../../contract/seal-variables.ts';
import { KubernetesEngine } from '../kubernetes-engine.ts';
import { readHostOptions } from './host-options.ts';

/** A worker without its broker: the engine, and its logs in a real Redis. What it keeps of builds' logs lies there too. */
const options = readHostOptions(process.argv[2] ?? '');
const logger = createLogger({ app: 'contract', level: options.logLevel });
const keyRing = { currentId: sealingKeyId, keys: new Map([[sealingKeyId, Buffer.from(options.key, 'base64')]]) };
const { redisUrl, keyPrefix, engine: engineOptions } = options;
const envelope = newEnvelope(ClusterId.parse('contract'), options.workerId);

const engine = new KubernetesEngine({
  ...engineOptions,
  workerId: envelope.workerId,
  openEnvironment: (deploymentId, box) => openEnvironment(keyRing, deploymentId, box),
  logger,
});
const link = connectRedis({ url: redisUrl, logger });
const logs = createLogPipeline({ link, keyPrefix, engine, publishQr: async () => undefined, logger });
const buildLogKey = (deploymentId: string) => `${keyPrefix}kept-build:${deploymentId}`;
const listener = createEngineListener({
  envelope,
  events: { put: () => undefined },
  logs,
  engine,
  publishBuildLog: async ({ deploymentId, gzippedJsonLines }) => {
    const text = gunzipSync(Buffer.from(gzippedJsonLines, 'base64')).toString('utf8');
    await link.redis.set(buildLogKey(deploymentId), text);
  },
  logger,
});

await link.ready();
await serveEngine({
  engine,
  logs: listener,
  async runLog(instanceId) {
    const entries = await link.redis.xrange(runLogStreamKey(keyPrefix, instanceId), '-', '+');
    return entries
      .map(([id, fields]) => fromStreamEntry(id, fields))
      .filter((line) => line !== undefined)
      .map(toRecord);
  },
  async buildLog(_instanceId, deploymentId) {
    const text = (await link.redis.get(buildLogKey(deploymentId))) ?? '';
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => toRecord(JSON.parse(line) as LogLine));
  },
  async close() {
    await logs.close();
    await link.close();
  },
});

function toRecord({ id, at, kind, text, data }: LogLine): LogRecordText {
  return { position: fromLogId(id), at, kind: kind as LogRecordText['kind'], text, data };
}
