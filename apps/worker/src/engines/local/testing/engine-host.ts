import { createLogger } from '@zarpa/observability';
import { openEnvironment } from '../../../environment/open-environment.ts';
import type { Engine } from '../../engine.ts';
import type { LogSource } from '../../log-source.ts';
import { LocalEngine } from '../local-engine.ts';
import type { HostAnswer, HostOptions, HostRequest } from './host-protocol.ts';

/** A worker's engine alone, in a process of its own, spoken to by its parent. */
const options = JSON.parse(process.argv[2] ?? '{}') as HostOptions;
const keys = new Map([[options.keyId, Buffer.from(options.key, 'base64')]]);
const keyRing = { currentId: options.keyId, keys };

const engine: Engine = new LocalEngine({
  directory: options.directory,
  openEnvironment: (deploymentId, box) => openEnvironment(keyRing, deploymentId, box),
  logger: createLogger({ app: 'contract', level: 'warn' }),
  timings: options.timings,
  crashPolicy: options.crashPolicy,
});

const say = (answer: HostAnswer): void => {
  process.send?.(answer);
};

const opened = Promise.withResolvers<void>();

process.on('message', (request: HostRequest) => {
  const answered = opened.promise.then(() => answer(request));
  answered.then(
    (result) => say({ id: request.id, result }),
    (error: unknown) => say({ id: request.id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

await engine.open({
  observed: (observed) => say({ observed }),
  progressed: (progress) => say({ progress }),
  logActive: () => undefined,
  logEnded: async () => undefined,
});
opened.resolve();
say({ opened: true });

async function answer(request: HostRequest): Promise<unknown> {
  switch (request.method) {
    case 'reconcile':
      return engine.reconcile(request.desired);
    case 'inventory':
      return engine.inventory();
    case 'sample':
      return [...(await engine.sample())];
    case 'runLog':
      return textOf(engine.runLog(request.instanceId));
    case 'buildLog':
      return textOf(engine.buildLog(request.instanceId, request.deploymentId));
    case 'close':
      return engine.close({ stopBots: request.stopBots });
  }
}

async function textOf(source: LogSource): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const batch of source.read({ after: null, follow: false })) {
    for (const { bytes, ...record } of batch) records.push({ ...record, text: Buffer.from(bytes).toString('utf8') });
  }
  return records;
}
