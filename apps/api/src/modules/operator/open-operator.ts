import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../database/data-source.ts';
import { Database } from '../../database/database.ts';
import { assertSchemaIsCurrent } from '../../database/migrate.ts';
import { Sealer } from '../../sealing/sealer.ts';
import type { Settings } from '../../settings.ts';
import { ClusterRepository } from '../cluster/index.ts';
import { LeftoverRepository, MoveRepository } from '../move/index.ts';
import { ClusterAdmin } from './cluster-admin.ts';
import { MoveAdmin } from './move-admin.ts';

/** An operator's way to the database: it works beside the API, which notices by itself. */
export async function openOperator(settings: Pick<Settings, 'DATABASE_URL' | 'ENVIRONMENT_KEYS'>) {
  const dataSource = await new DataSource(dataSourceOptions(settings.DATABASE_URL.reveal(), 2)).initialize();
  await assertSchemaIsCurrent(dataSource);
  const database = new Database(dataSource);
  const [clusters, moves, leftovers] = [
    new ClusterRepository(database),
    new MoveRepository(database),
    new LeftoverRepository(database),
  ];
  return {
    clusters: new ClusterAdmin(database, clusters, moves, leftovers, new Sealer(settings.ENVIRONMENT_KEYS)),
    moves: new MoveAdmin(database, clusters, moves, leftovers),
    close: () => dataSource.destroy(),
  };
}
