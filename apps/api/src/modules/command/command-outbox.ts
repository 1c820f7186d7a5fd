import { Injectable } from '@nestjs/common';
import {
  type ClusterId,
  type CommandName,
  commandCatalog,
  type InstanceId,
  newId,
  OwnerId,
  PlanId,
} from '@zarpa/contracts';
import { Outbox } from '@zarpa/messaging';
import { schemaName } from '../../database/data-source.ts';
import type { Queryable } from '../../database/database.ts';
import { ArchiveTickets } from './archive-ticket.ts';
import { type DesiredRow, desiredInstance } from './desired-instance.ts';

const selectDesired = `
  SELECT i.instance_id AS "instanceId", i.owner_id AS "ownerId", i.cluster_id AS "clusterId", i.generation,
    i.desired_state AS "desiredState", i.restart_revision AS "restartRevision", i.plan_id AS "planId",
    p.memory_mb AS "memoryMb", p.cpu_millis AS "cpuMillis", p.storage_mb AS "storageMb",
    CASE WHEN d.deployment_id IS NOT NULL THEN json_build_object(
      'deploymentId', d.deployment_id, 'repository', d.repository, 'commitSha', d.commit->>'sha',
      'rootDirectory', d.root_directory, 'overrides', d.overrides,
      'artifact', coalesce(d.artifact, d.reused_artifact), 'sealedEnvironment', d.sealed_environment) END AS deployment
  FROM instance i
  JOIN plan p ON p.plan_id = i.plan_id
  LEFT JOIN deployment d ON d.deployment_id = i.desired_deployment_id
  WHERE i.instance_id = ANY ($1)`;

/** Owner and plan of a purge of what no row knows. Engines need neither to remove it. */
const nobody = OwnerId.parse(`own_${'0'.repeat(26)}`);
const noPlan = { planId: PlanId.parse('none'), memoryMb: 1, cpuMillis: 1, storageMb: 1 };

/** Puts commands into the outbox: each the whole desired state as it is in the caller's transaction. */
@Injectable()
export class CommandOutbox {
  private readonly outbox = new Outbox({ schema: schemaName, catalog: commandCatalog });

  constructor(private readonly tickets: ArchiveTickets) {}

  async send(tx: Queryable, commands: ReadonlyMap<InstanceId, CommandName>): Promise<void> {
    if (commands.size === 0) return;
    const { rows } = await tx.query<DesiredRow>(selectDesired, [[...commands.keys()]]);
    const now = Date.now();
    const messages = rows.map((row) => ({
      name: commands.get(row.instanceId) ?? 'instance.deploy',
      routingKey: row.clusterId,
      payload: {
        version: 1 as const,
        messageId: newId('message'),
        issuedAt: now,
        desired: desiredInstance(row, (deploymentId) => this.tickets.issue(deploymentId, now)),
      },
    }));
    await this.outbox.insert(tx, messages);
    await tx.query('UPDATE instance SET last_sent_at = now() WHERE instance_id = ANY ($1)', [[...commands.keys()]]);
  }

  /** Removes what an engine has and nobody owns. `generation` must be above the one that the engine has. */
  async purgeUnknown(
    tx: Queryable,
    unknown: { instanceId: InstanceId; clusterId: ClusterId; generation: number },
  ): Promise<void> {
    const desired = {
      ...unknown,
      ownerId: nobody,
      state: 'purged' as const,
      restartRevision: 0,
      limits: noPlan,
      deployment: null,
    };
    const payload = { version: 1 as const, messageId: newId('message'), issuedAt: Date.now(), desired };
    await this.outbox.insert(tx, [{ name: 'instance.purge', routingKey: unknown.clusterId, payload }]);
  }
}
