import { Injectable } from '@nestjs/common';
import type { CommitView, DeploymentId, InstanceId, PushView } from '@zarpa/contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { jsonb, storable } from '../../database/jsonb.ts';
import { isoTime } from '../../platform/time.ts';
import type { OwnerScope } from '../session/index.ts';

/** What became of a push, for one instance. */
export interface PushOutcome {
  readonly instanceId: InstanceId;
  readonly deliveryId: string;
  readonly via: PushView['via'];
  readonly repository: string;
  readonly branch: string;
  readonly commit: CommitView;
  readonly outcome: PushView['outcome'];
  readonly deploymentId: DeploymentId | null;
  readonly receivedAt: Date;
}

/** As its owner sees it. */
export const pushView = ({ instanceId: _, receivedAt, ...push }: PushOutcome): PushView => ({
  ...push,
  receivedAt: isoTime(receivedAt),
});

const mostShown = 50;

/** The log of pushes. */
@Injectable()
export class PushRepository {
  constructor(private readonly database: Database) {}

  async newest(scope: OwnerScope, instanceId: InstanceId): Promise<PushView[]> {
    const rows = await this.database.read<PushOutcome>(
      {
        name: 'push-newest',
        text: `SELECT p.instance_id AS "instanceId", p.delivery_id AS "deliveryId", p.via, p.repository, p.branch,
                 p.commit, p.outcome, p.deployment_id AS "deploymentId", p.received_at AS "receivedAt"
               FROM push_outcome p JOIN instance i ON i.instance_id = p.instance_id
               WHERE p.instance_id = $1 AND i.owner_id = $2 ORDER BY p.received_at DESC LIMIT ${mostShown}`,
      },
      [instanceId, scope.ownerId],
    );
    return rows.map(pushView);
  }

  /** The first outcome of a delivery stays: one that is processed again adds nothing, which is told by false. */
  async record(tx: Queryable, push: PushOutcome): Promise<boolean> {
    const { rowCount } = await tx.query(
      `INSERT INTO push_outcome
         (instance_id, delivery_id, via, repository, branch, commit, outcome, deployment_id, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        push.instanceId,
        push.deliveryId,
        push.via,
        storable(push.repository),
        storable(push.branch),
        jsonb(push.commit),
        push.outcome,
        push.deploymentId,
        push.receivedAt,
      ],
    );
    return rowCount === 1;
  }
}
