import { Injectable } from '@nestjs/common';
import type { ClusterId, ClusterReported, SealedBox } from '@zarpa/contracts';
import { Database, type Prepared, type Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import type { ClusterEngine, ClusterReport, ClusterRow, ClusterState } from './cluster.ts';

const selectCluster = `
  SELECT cluster_id AS "clusterId", name, engine, sealed_kubeconfig AS "sealedKubeconfig", state, report,
    reported_at AS "reportedAt", created_at AS "createdAt"
  FROM cluster`;

const report: Prepared = {
  name: 'cluster-reported',
  text: `
    UPDATE cluster SET engine = $2, report = $3, reported_at = least($4, now())
    WHERE cluster_id = $1 AND (reported_at IS NULL OR reported_at <= least($4, now()))`,
};

export interface NewCluster {
  readonly clusterId: ClusterId;
  readonly name: string;
  readonly engine: ClusterEngine;
  readonly sealedKubeconfig: SealedBox | null;
}

/** Clusters belong to the platform: nothing that answers an owner's request reads them but placement. */
@Injectable()
export class ClusterRepository {
  constructor(private readonly database: Database) {}

  async list(): Promise<(ClusterRow & { readonly instances: number })[]> {
    const { rows } = await this.database.pool.query<ClusterRow & { instances: number }>(
      `SELECT c.*, (SELECT count(*) FROM instance i WHERE i.cluster_id = c."clusterId") AS instances
       FROM (${selectCluster}) AS c ORDER BY "createdAt", "clusterId"`,
    );
    return rows;
  }

  async find(tx: Queryable, clusterId: ClusterId): Promise<ClusterRow | undefined> {
    const { rows } = await tx.query<ClusterRow>(`${selectCluster} WHERE cluster_id = $1`, [clusterId]);
    return rows[0];
  }

  /** Holds the cluster until the transaction ends: nothing is placed in it meanwhile. */
  async lock(tx: Queryable, clusterId: ClusterId): Promise<ClusterRow | undefined> {
    const { rows } = await tx.query<ClusterRow>(`${selectCluster} WHERE cluster_id = $1 FOR UPDATE`, [clusterId]);
    return rows[0];
  }

  /** False where there is one of this id. */
  async insert(tx: Queryable, cluster: NewCluster): Promise<boolean> {
    const { rowCount } = await tx.query(
      `INSERT INTO cluster (cluster_id, name, engine, sealed_kubeconfig) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [cluster.clusterId, cluster.name, cluster.engine, cluster.sealedKubeconfig && jsonb(cluster.sealedKubeconfig)],
    );
    return rowCount === 1;
  }

  /** The first cluster of a new installation. */
  async insertFirst(clusterId: ClusterId, engine: ClusterEngine): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO cluster (cluster_id, name, engine) SELECT $1, $1, $2 WHERE NOT EXISTS (SELECT 1 FROM cluster)
       ON CONFLICT DO NOTHING`,
      [clusterId, engine],
    );
  }

  async saveState(tx: Queryable, clusterId: ClusterId, state: ClusterState): Promise<void> {
    await tx.query('UPDATE cluster SET state = $2 WHERE cluster_id = $1', [clusterId, state]);
  }

  async saveKubeconfig(tx: Queryable, clusterId: ClusterId, sealed: SealedBox): Promise<void> {
    await tx.query('UPDATE cluster SET sealed_kubeconfig = $2 WHERE cluster_id = $1', [clusterId, jsonb(sealed)]);
  }

  async remove(tx: Queryable, clusterId: ClusterId): Promise<void> {
    await tx.query('DELETE FROM cluster WHERE cluster_id = $1', [clusterId]);
  }

  async countInstances(tx: Queryable, clusterId: ClusterId): Promise<number> {
    const { rows } = await tx.query<{ count: number }>('SELECT count(*) FROM instance WHERE cluster_id = $1', [
      clusterId,
    ]);
    return rows[0]?.count ?? 0;
  }

  /** The newest counts, whichever worker sent it; a worker's clock that is ahead counts as now. False where it was not news. */
  async saveReport(event: ClusterReported): Promise<boolean> {
    const { engineVersion, abilities, capacity } = event;
    const content: ClusterReport = { engineVersion, abilities, capacity };
    const values = [event.clusterId, event.engine, jsonb(content), new Date(event.reportedAt)];
    const { rowCount } = await this.database.pool.query({ ...report, values });
    return rowCount === 1;
  }
}
