import { SettingsError } from '@zarpa/env';
import { onShutdown } from '@zarpa/observability';
import { hasCode } from './error-code.ts';
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
  process.stderr.write(`${explained(error)}\n`);
  process.exit(1);
}

function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SettingsError) return error.message;
  if (!hasCode(error, 'EADDRINUSE')) return String(error.stack);
  return `The worker cannot start, its port is in use: ${error.message}. Stop what uses it, or set WORKER_PORT to another one.`;
}
