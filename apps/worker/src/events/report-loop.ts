import type { Logger } from '@zarpa/observability';
import type { Engine } from '../engines/engine.ts';
import type { Envelope } from './envelope.ts';
import type { LatestEvents } from './latest-events.ts';

const reportIntervalMs = 30_000;

/** Tells at once and every 30 s what the cluster can do and has room for. Returns what ends it. */
export function startReportLoop(options: {
  engine: Pick<Engine, 'report' | 'kind'>;
  envelope: Envelope;
  events: LatestEvents;
  logger: Logger;
  intervalMs?: number;
}): () => void {
  const { engine, envelope, events, logger, intervalMs = reportIntervalMs } = options;
  const take = async () => {
    try {
      const { engineVersion, abilities, capacity } = await engine.report();
      const reportedAt = Date.now();
      events.put('report', 'cluster.reported', {
        ...envelope,
        engine: engine.kind,
        engineVersion,
        abilities: [...abilities],
        capacity,
        reportedAt,
      });
    } catch (error) {
      logger.error({ err: error }, 'Failed to report on the cluster');
    }
  };
  const timer = setInterval(() => void take(), intervalMs);
  void take();
  return () => clearInterval(timer);
}
