import { Injectable } from '@nestjs/common';
import {
  type CommandName,
  commandCatalog,
  type DesiredState,
  type InstanceId,
  newId,
  type ObservedInstance,
  OwnerId,
  PlanId,
} from '@zarpa/contracts';
import { Outbox } from '@zarpa/messaging';
import { schemaName } from '../../database/data-source.ts';
import type { Prepared, Queryable } from '../../database/database.ts';
import type { Desired } from '../instance/instance.ts';
import { ArchiveTickets } from './archive-ticket.ts';
import { type DesiredRow, desiredInstance } from './desired-instance.ts';

/** SQL that changes instances, one row each, and gives what a command is made of. */
const changedAndDesired = (change: string): string => `
  WITH i AS (UPDATE instance SET last_sent_at = now() ${change} RETURNING *)
  SELECT i.instance_id AS "instanceId", i.owner_id AS "ownerId", i.cluster_id AS "clusterId", i.generation,
    i.desired_state AS "desiredState", i.restart_revision AS "restartRevision", i.plan_id AS "planId",
    p.memory_mb AS "memoryMb", p.cpu_millis AS "cpuMillis", p.storage_mb AS "storageMb",
    CASE WHEN d.deployment_id IS NOT NULL THEN json_build_object(
      'deploymentId', d.deployment_id, 'repository', d.repository, 'commitSha', d.commit->>'sha',
      'rootDirectory', d.root_directory, 'overrides', d.overrides,
      'artifact', coalesce(d.artifact, d.reused_artifact), 'sealedEnvironment', d.sealed_environment) END AS deployment
  FROM i
  JOIN plan p ON p.plan_id = i.plan_id
  LEFT JOIN deployment d ON d.deployment_id = i.desired_deployment_id`;

const asItIs: Prepared = {
  name: 'command-as-it-is',
  text: changedAndDesired('WHERE instance_id = ANY ($1)'),
};
const asItShallBe: Prepared = {
  name: 'command-as-it-shall-be',
  text: changedAndDesired(`
    , desired_state = $2, state_before_delete = $3, restart_revision = $4, desired_deployment_id = $5, deleted_at = $6,
      plan_id = $7, generation = generation + 1, settled = false
    WHERE instance_id = $1`),
};

/** Owner and plan of what no row knows. Engines need neither to stop or remove it. */
const nobody = OwnerId.parse(`own_${'0'.repeat(26)}`);
const noPlan = { planId: PlanId.parse('none'), memoryMb: 1, cpuMillis: 1, storageMb: 1 };

/** Puts commands into the outbox: each the whole desired state as it is in the caller's transaction. */
@Injectable()
export class CommandOutbox {
  private readonly outbox = new Outbox({ schema: schemaName, catalog: commandCatalog });

  constructor(private readonly tickets: ArchiveTickets) {}

  /** Says once more what should be. */
  async send(tx: Queryable, commands: ReadonlyMap<InstanceId, CommandName>): Promise<void> {
    if (commands.size === 0) return;
    const { rows } = await tx.query<DesiredRow>({ ...asItIs, values: [[...commands.keys()]] });
    await this.put(tx, rows, ({ instanceId }) => commands.get(instanceId) ?? 'instance.deploy');
  }

  /** Writes down what should be from here on, in a higher generation, and says so. */
  async change(
    tx: Queryable,
    desired: Desired & { readonly instanceId: InstanceId; readonly planId: PlanId },
    command: CommandName,
  ): Promise<void> {
    const { rows } = await tx.query<DesiredRow>({
      ...asItShallBe,
      values: [
        desired.instanceId,
        desired.desiredState,
        desired.stateBeforeDelete,
        desired.restartRevision,
        desired.desiredDeploymentId,
        desired.deletedAt,
        desired.planId,
      ],
    });
    await this.put(tx, rows, () => command);
  }

  /** Stops what an engine has and no row knows. Its data stay: a row that comes back finds them. */
  deleteUnknown(tx: Queryable, unknown: readonly ObservedInstance[]): Promise<void> {
    return this.overtake(tx, unknown, 'instance.delete', 'deleted');
  }

  /** Removes what an engine has and no row knows, for good. */
  purgeUnknown(tx: Queryable, unknown: readonly ObservedInstance[]): Promise<void> {
    return this.overtake(tx, unknown, 'instance.purge', 'purged');
  }

  private async put(
    tx: Queryable,
    rows: readonly DesiredRow[],
    commandOf: (row: DesiredRow) => CommandName,
  ): Promise<void> {
    const now = Date.now();
    const messages = rows.map((row) => ({
      name: commandOf(row),
      routingKey: row.clusterId,
      payload: {
        version: 1 as const,
        messageId: newId('message'),
        issuedAt: now,
        desired: desiredInstance(row, (deploymentId) => this.tickets.issue(deploymentId, now)),
      },
    }));
    await this.outbox.insert(tx, messages);
  }

  private async overtake(
    tx: Queryable,
    unknown: readonly ObservedInstance[],
    name: CommandName,
    state: DesiredState,
  ): Promise<void> {
    const messages = unknown.map(({ instanceId, clusterId, generation, memoryLimitMb }) => ({
      name,
      routingKey: clusterId,
      payload: {
        version: 1 as const,
        messageId: newId('message'),
        issuedAt: Date.now(),
        desired: {
          instanceId,
          clusterId,
          generation: generation + 1,
          ownerId: nobody,
          state,
          restartRevision: 0,
          // The limit it has, or a bot that is stopping would be killed for what it uses.
          limits: { ...noPlan, memoryMb: memoryLimitMb ?? noPlan.memoryMb },
          deployment: null,
        },
      },
    }));
    await this.outbox.insert(tx, messages);
  }
}
