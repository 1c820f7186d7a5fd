import { commandCatalog, eventCatalog } from '@zarpa/contracts';
import { Consumer, createTopology, Publisher } from '@zarpa/messaging';
import { createLogger, createMetrics, type Logger, type ShutdownStep, startHealthServer } from '@zarpa/observability';
import { createCommandHandlers } from './commands/command-handlers.ts';
import { createEngine } from './engines/create-engine.ts';
import { createEngineListener } from './events/engine-listener.ts';
import { newEnvelope } from './events/envelope.ts';
import { startInventoryLoop } from './events/inventory-loop.ts';
import { LatestEvents } from './events/latest-events.ts';
import { publishWithPatience } from './events/publish-with-patience.ts';
import { startReportLoop } from './events/report-loop.ts';
import { createLogPipeline } from './logs/log-pipeline.ts';
import { createMetricsLoop } from './metrics/metrics-loop.ts';
import { connectRedis } from './redis/redis-link.ts';
import type { Settings } from './settings.ts';

const drainMs = 4_000;

export interface Worker {
  readonly logger: Logger;
  /** Resolves when commands are taken: not before another worker that owns the engine is gone. */
  readonly ready: Promise<void>;
  /** What to do, in order, to end it. */
  readonly shutdown: readonly ShutdownStep[];
}

/** Commands -> engine; what the engine says -> events, log streams and metrics. */
export async function startWorker(settings: Settings): Promise<Worker> {
  const logger = createLogger({ app: 'worker', level: settings.LOG_LEVEL });
  const envelope = newEnvelope(settings.CLUSTER_ID, settings.WORKER_ID);
  const brokerUrl = settings.RABBITMQ_URL.reveal();
  const topology = createTopology({ namePrefix: settings.RABBITMQ_NAME_PREFIX });
  const keyPrefix = settings.REDIS_KEY_PREFIX;

  const publisher = new Publisher({
    url: brokerUrl,
    catalog: eventCatalog,
    exchange: topology.eventExchange,
    queues: [topology.eventQueue('api')],
    logger,
  });
  const events = new LatestEvents({
    publish: (name, payload, context) => publisher.publish(name, payload, { context }),
    logger,
  });
  const engine = await createEngine(settings, envelope.workerId, logger);
  const link = connectRedis({ url: settings.REDIS_URL.reveal(), logger });
  const logs = createLogPipeline({
    link,
    keyPrefix,
    engine,
    publishQr: (sighting) => publisher.publish('instance.qr', { ...envelope, ...sighting }),
    logger,
  });
  const metrics = createMetricsLoop({
    link,
    keyPrefix,
    engine,
    publishRollUp: (rolledUp) => publisher.publish('metrics.rolled_up', { ...envelope, ...rolledUp }),
    logger,
  });
  const closing = new AbortController();
  const listener = createEngineListener({
    envelope,
    events,
    logs,
    engine,
    publishBuildLog: (event) =>
      publishWithPatience(() => publisher.publish('deployment.logged', event), closing.signal),
    logger,
  });
  const consumer = new Consumer({
    url: brokerUrl,
    queue: topology.commandQueue(settings.CLUSTER_ID),
    catalog: commandCatalog,
    handlers: createCommandHandlers({ engine, clusterId: settings.CLUSTER_ID, logger }),
    key: ({ desired }) => desired.instanceId,
    logger,
  });

  let opened = false;
  let stopTelling = () => {};
  const health = await startHealthServer({
    port: settings.WORKER_PORT,
    host: settings.WORKER_HOST,
    checks: {
      engine: async () => {
        if (!opened) throw new Error('Another worker owns the engine');
      },
      commands: () => consumer.check(),
      events: () => publisher.check(),
    },
    registry: createMetrics({ app: 'worker' }),
  });
  publisher.start();

  const open = async () => {
    await engine.open(listener, { signal: closing.signal });
    opened = true;
    consumer.start();
    metrics.start();
    const loops = [startInventoryLoop, startReportLoop].map((start) => start({ engine, envelope, events, logger }));
    stopTelling = () => {
      for (const stop of loops) stop();
    };
    logger.info({ ...envelope, engine: engine.kind }, 'Started worker');
  };

  return {
    logger,
    ready: open(),
    shutdown: [
      { name: 'commands', run: async () => opened && consumer.close({ drainMs }) },
      { name: 'metrics', run: async () => opened && metrics.stop() },
      {
        name: 'engine',
        run: async () => {
          stopTelling();
          closing.abort();
          if (opened) await engine.close({ stopBots: settings.WORKER_STOP_BOTS_ON_EXIT });
        },
      },
      { name: 'logs', run: () => logs.close() },
      { name: 'events', run: () => events.close(drainMs) },
      { name: 'broker', run: () => publisher.close() },
      { name: 'redis', run: () => link.close() },
      { name: 'health', run: () => health.close() },
    ],
  };
}
