import { Injectable } from '@nestjs/common';
import type { InstanceId, PlanId } from '@zarpa/contracts';
import { Database, type Prepared, type Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import type { OwnerScope } from '../session/index.ts';
import {
  type InstanceJson,
  type InstanceRow,
  instanceRow,
  selectInstance,
  selectInstanceJson,
} from './instance-row.ts';
import type { NewInstance, SourceSettings } from './new-instance.ts';

const listOfOwner: Prepared = {
  name: 'instance-list',
  text: selectInstanceJson(`WHERE i.owner_id = $1 AND i.desired_state <> 'purged' ORDER BY i.created_at DESC`),
};
const isOneOfOwner = `WHERE i.instance_id = $1 AND i.owner_id = $2 AND i.desired_state <> 'purged'`;
const oneOfOwner: Prepared = { name: 'instance-one', text: selectInstanceJson(isOneOfOwner) };
const oneToChange: Prepared = {
  name: 'instance-to-change',
  text: `${selectInstance} ${isOneOfOwner} FOR UPDATE OF i`,
};

/** Instances of one owner: a stranger's is not there. */
@Injectable()
export class InstanceRepository {
  constructor(private readonly database: Database) {}

  async list(scope: OwnerScope): Promise<InstanceRow[]> {
    const rows = await this.database.read<{ json: InstanceJson }>(listOfOwner, [scope.ownerId]);
    return rows.map(({ json }) => instanceRow(json));
  }

  async find(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceRow | undefined> {
    const [row] = await this.database.read<{ json: InstanceJson }>(oneOfOwner, [instanceId, scope.ownerId]);
    return row && instanceRow(row.json);
  }

  /** Holds the row until the transaction ends, so that changes of one instance come one after another. */
  async lock(tx: Queryable, scope: OwnerScope, instanceId: InstanceId): Promise<InstanceRow | undefined> {
    const { rows } = await tx.query<InstanceRow>({ ...oneToChange, values: [instanceId, scope.ownerId] });
    return rows[0];
  }

  /** Holds the owner, so that two requests at once cannot both take the last free place. */
  async lockOwner(tx: Queryable, scope: OwnerScope): Promise<void> {
    await tx.query('SELECT 1 FROM owner WHERE owner_id = $1 FOR UPDATE', [scope.ownerId]);
  }

  /** How many the owner has that are not deleted, in all and on one plan. */
  async count(tx: Queryable, scope: OwnerScope, planId: PlanId): Promise<{ total: number; onPlan: number }> {
    const { rows } = await tx.query<{ total: number; onPlan: number }>(
      `SELECT count(*) AS total, count(*) FILTER (WHERE plan_id = $2) AS "onPlan"
       FROM instance WHERE owner_id = $1 AND desired_state IN ('running', 'paused')`,
      [scope.ownerId, planId],
    );
    return rows[0] ?? { total: 0, onPlan: 0 };
  }

  async insert(tx: Queryable, scope: OwnerScope, instance: NewInstance): Promise<void> {
    await tx.query(
      `INSERT INTO instance (instance_id, owner_id, cluster_id, plan_id, name, repository, branch, root_directory,
         auto_deploy, overrides, branch_head_sha)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        instance.instanceId,
        scope.ownerId,
        instance.clusterId,
        instance.planId,
        instance.name,
        instance.repository,
        instance.branch,
        instance.rootDirectory,
        instance.autoDeploy,
        jsonb(instance.overrides),
        instance.branchHeadSha,
      ],
    );
  }

  /** A branch that changed is read anew: its head is not known yet. */
  async updateSource(tx: Queryable, scope: OwnerScope, instanceId: InstanceId, source: SourceSettings): Promise<void> {
    await tx.query(
      `UPDATE instance SET name = $3, root_directory = $5, auto_deploy = $6, overrides = $7,
         branch_head_sha = CASE WHEN branch = $4 THEN branch_head_sha END,
         branch_etag = CASE WHEN branch = $4 THEN branch_etag END, branch = $4
       WHERE instance_id = $1 AND owner_id = $2`,
      [
        instanceId,
        scope.ownerId,
        source.name,
        source.branch,
        source.rootDirectory,
        source.autoDeploy,
        jsonb(source.overrides),
      ],
    );
  }
}
