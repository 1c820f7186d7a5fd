import { defineSettings, SettingsError } from '@zarpa/env';
import { migrate, NewerSchemaError } from './database/migrate.ts';
import { settings } from './settings.ts';

const definition = defineSettings({ app: 'api', settings: { DATABASE_URL: settings.DATABASE_URL } });

try {
  const ran = await migrate(definition.parse(process.env).DATABASE_URL.reveal());
  process.stdout.write(`${ran.length === 0 ? 'The schema is up to date' : `Ran ${ran.join(', ')}`}\n`);
} catch (error) {
  const known = error instanceof SettingsError || error instanceof NewerSchemaError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
