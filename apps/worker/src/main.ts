import { SettingsError } from '@zarpa/env';
import { onShutdown } from '@zarpa/observability';
import { workerSettings } from './settings.ts';
import { startWorker } from './start-worker.ts';

/** Bots have 30 s to stop; the rest is for what must still be said. */
const graceMs = 43_000;

try {
  const worker = await startWorker(workerSettings.parse(process.env));
  const shutdown = onShutdown(worker.shutdown, { graceMs, logger: worker.logger });
  worker.ready.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'AbortError') return;
    worker.logger.fatal({ err: error }, 'Failed to start worker');
    shutdown('failed start');
  });
} catch (error) {
  const text = error instanceof SettingsError ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
