import { SettingsError } from '@zarpa/env';
import { createLogger, onShutdown } from '@zarpa/observability';
import { startSandbox } from './server.ts';
import { settings } from './settings.ts';

try {
  const values = settings.parse(process.env);
  const logger = createLogger({ app: 'sandbox', level: values.LOG_LEVEL });
  const sandbox = await startSandbox({ settings: values, logger, now: Date.now }, values.SANDBOX_PORT);
  onShutdown([{ name: 'server', run: () => sandbox.close() }], { graceMs: 12_000, logger });
  logger.info({ port: sandbox.port, address: values.SANDBOX_PUBLIC_URL }, 'Started sandbox');
} catch (error) {
  process.stderr.write(`${error instanceof SettingsError ? error.message : startFailure(error)}\n`);
  process.exit(1);
}

function startFailure(error: unknown): string {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (inUse) return 'sandbox cannot start: its port is in use. Stop the other program or set SANDBOX_PORT.';
  return `sandbox cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
