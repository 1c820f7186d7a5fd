import { DataSource } from 'typeorm';
import { dataSourceOptions, schemaName } from './data-source.ts';

/** Two processes that start at once must not migrate at once. */
const migrationLock = 7_305_100;

/** The database has migrations that this version of the code does not know. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';

  constructor(unknown: readonly string[]) {
    super(
      `The database's schema is newer than this version of Zarpa: it has ${unknown.join(', ')}. ` +
        'Start the newer version, or restore a backup of the database that was made before it ran.',
    );
  }
}

/** Brings the schema to this version. Returns the names of the migrations that it ran. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 2)).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await lock.query(`CREATE SCHEMA IF NOT EXISTS ${schemaName}`);
    const unknown = await unknownMigrations(dataSource);
    if (unknown.length > 0) throw new NewerSchemaError(unknown);
    const ran = await dataSource.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

/** Throws unless the schema is exactly this version's: an API must not write into another. */
export async function assertSchemaIsCurrent(dataSource: DataSource): Promise<void> {
  const unknown = await unknownMigrations(dataSource);
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  if (await dataSource.showMigrations()) {
    throw new Error('The database has an older schema than this version of Zarpa. Run dist/migrate.js first.');
  }
}

async function unknownMigrations(dataSource: DataSource): Promise<string[]> {
  const [table] = await dataSource.query<{ name: string | null }[]>('SELECT to_regclass($1) AS name', [
    `${schemaName}.migration`,
  ]);
  if (!table?.name) return [];
  const known = new Set(dataSource.migrations.map((migration) => migration.name));
  const applied = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${schemaName}.migration`);
  return applied.map((row) => row.name).filter((name) => !known.has(name ?? ''));
}
