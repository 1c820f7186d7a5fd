import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { defineSettings, SettingsError } from '@zarpa/env';
import { NewerSchemaError } from './database/migrate.ts';
import { openOperator, Refusal, runClusterProgram } from './modules/operator/index.ts';
import { settings } from './settings.ts';

const { DATABASE_URL, ENVIRONMENT_KEYS } = settings;
const definition = defineSettings({ app: 'api', settings: { DATABASE_URL, ENVIRONMENT_KEYS } });

const read = (file: string): Promise<string> =>
  (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((cause: unknown) => {
    throw new Refusal(`The file ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  });

async function main(): Promise<void> {
  const operator = await openOperator(definition.parse(process.env));
  try {
    process.stdout.write(await runClusterProgram(process.argv.slice(2), { ...operator, read }));
  } finally {
    await operator.close();
  }
}

try {
  await main();
} catch (error) {
  const known = error instanceof Refusal || error instanceof SettingsError || error instanceof NewerSchemaError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
