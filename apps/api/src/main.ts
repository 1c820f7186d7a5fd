import { SettingsError } from '@zarpa/env';
import { onShutdown } from '@zarpa/observability';
import { NewerSchemaError } from './database/migrate.ts';
import { apiSettings } from './settings.ts';
import { startApi } from './start-api.ts';

const graceMs = 12_000;

try {
  const api = await startApi(apiSettings.parse(process.env));
  onShutdown([{ name: 'api', run: () => api.close() }], { graceMs, logger: api.logger });
  api.logger.info({ port: api.port }, 'Started API');
} catch (error) {
  const known = error instanceof SettingsError || error instanceof NewerSchemaError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
