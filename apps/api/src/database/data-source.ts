import type { DataSourceOptions } from 'typeorm';
import { migrations } from './migrations/index.ts';

export const schemaName = 'platform';

/** What TypeORM needs to know; `synchronize` is never on. */
export function dataSourceOptions(url: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    schema: schemaName,
    poolSize,
    parseInt8: true,
    applicationName: 'zarpa-api',
    entities: [],
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    extra: { options: `-c search_path=${schemaName}`, keepAlive: true },
  };
}
