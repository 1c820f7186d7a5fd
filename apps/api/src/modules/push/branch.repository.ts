import { Injectable } from '@nestjs/common';
import type { InstanceId } from '@zarpa/contracts';
import { Database, type Queryable } from '../../database/database.ts';

const mostAtOnce = 50;

/** What is known of the branches that instances follow. For the platform alone. */
@Injectable()
export class BranchRepository {
  constructor(private readonly database: Database) {}

  async followers(repository: string): Promise<InstanceId[]> {
    const { rows } = await this.database.pool.query<{ instanceId: InstanceId }>(
      `SELECT instance_id AS "instanceId" FROM instance WHERE lower(repository) = lower($1) AND desired_state <> 'purged'`,
      [repository],
    );
    return rows.map(({ instanceId }) => instanceId);
  }

  /** Instances whose branch was not read for a while; no other process gets them before the next time. */
  async takeDue(everyMs: number): Promise<InstanceId[]> {
    const { rows } = await this.database.pool.query<{ instanceId: InstanceId }>(
      `UPDATE instance SET branch_read_at = now() WHERE instance_id IN (
         SELECT instance_id FROM instance
         WHERE auto_deploy AND desired_state = 'running' AND branch_read_at < now() - $1 * interval '1 ms'
         ORDER BY branch_read_at FOR UPDATE SKIP LOCKED LIMIT ${mostAtOnce})
       RETURNING instance_id AS "instanceId"`,
      [everyMs],
    );
    return rows.map(({ instanceId }) => instanceId);
  }

  async etag(instanceId: InstanceId): Promise<string | null> {
    const { rows } = await this.database.pool.query<{ etag: string | null }>(
      'SELECT branch_etag AS etag FROM instance WHERE instance_id = $1',
      [instanceId],
    );
    return rows[0]?.etag ?? null;
  }

  /** Only while the instance still follows that branch. */
  async saveHead(
    tx: Queryable,
    instanceId: InstanceId,
    head: { branch: string; sha: string; etag: string | null },
  ): Promise<void> {
    await tx.query(
      'UPDATE instance SET branch_head_sha = $3, branch_etag = $4 WHERE instance_id = $1 AND branch = $2',
      [instanceId, head.branch, head.sha, head.etag],
    );
  }
}
