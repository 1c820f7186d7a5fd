import type { Logger } from '@zarpa/observability';
import type { Engine } from '../engines/engine.ts';
import type { Envelope } from './envelope.ts';
import type { LatestEvents } from './latest-events.ts';

const inventoryIntervalMs = 30_000;

/** Tells at once and every 30 s all that the engine keeps: repairs whatever a lost event left wrong. Returns what ends it. */
export function startInventoryLoop(options: {
  engine: Pick<Engine, 'inventory' | 'kind'>;
  envelope: Envelope;
  events: LatestEvents;
  logger: Logger;
  intervalMs?: number;
}): () => void {
  const { engine, envelope, events, logger, intervalMs = inventoryIntervalMs } = options;
  const take = async () => {
    try {
      const takenAt = Date.now();
      const instances = await engine.inventory();
      events.put('inventory', 'cluster.inventory', { ...envelope, engine: engine.kind, takenAt, instances });
    } catch (error) {
      logger.error({ err: error }, 'Failed to take an inventory');
    }
  };
  const timer = setInterval(() => void take(), intervalMs);
  void take();
  return () => clearInterval(timer);
}
