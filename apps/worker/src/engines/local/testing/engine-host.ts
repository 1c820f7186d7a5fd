import { createLogger } from '@zarpa/observability';
import { openEnvironment } from '../../../environment/open-environment.ts';
import type { LogRecordText } from '../../contract/harness.ts';
import { serveEngine } from '../../contract/process/serve-engine.ts';
import { sealingKeyId } from '../../contract/seal-variables.ts';
import type { LogSource } from '../../log-source.ts';
import { LocalEngine } from '../local-engine.ts';
import type { HostOptions } from './host-options.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as HostOptions;
const keyRing = { currentId: sealingKeyId, keys: new Map([[sealingKeyId, Buffer.from(options.key, 'base64')]]) };
const engine = new LocalEngine({
  directory: options.directory,
  openEnvironment: (deploymentId, box) => openEnvironment(keyRing, deploymentId, box),
  logger: createLogger({ app: 'contract', level: 'warn' }),
  timings: options.timings,
  crashPolicy: options.crashPolicy,
});

await serveEngine({
  engine,
  logs: { logActive: () => undefined, logEnded: async () => undefined, logReleased: () => undefined },
  runLog: (instanceId) => textOf(engine.runLog(instanceId)),
  buildLog: (instanceId, deploymentId) => textOf(engine.buildLog(instanceId, deploymentId)),
});

async function textOf(source: LogSource): Promise<LogRecordText[]> {
  const records: LogRecordText[] = [];
  for await (const batch of source.read({ after: null, follow: false })) {
    for (const { bytes, ...record } of batch) records.push({ ...record, text: Buffer.from(bytes).toString('utf8') });
  }
  return records;
}
