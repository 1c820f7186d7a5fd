import { Injectable } from '@nestjs/common';
import {
  type ClusterId,
  type CommandName,
  commandCatalog,
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
import { TransferTickets } from './transfer-ticket.ts';

/** SQL that changes instances, one row each, and gives what a command is made of. */
const changedAndDesired = (change: string): string => `
  WITH i AS (UPDATE instance SET last_sent_at = now() ${change} RETURNING *)
  SELECT i.instance_id AS "instanceId", i.owner_id AS "ownerId", i.cluster_id AS "clusterId", i.generation,
    i.desired_state AS "desiredState", i.restart_revision AS "restartRevision", i.plan_id AS "planId",
    p.memory_mb AS "memoryMb", p.cpu_millis AS "cpuMillis", p.storage_mb AS "storageMb",
    CASE WHEN d.deployment_id IS NOT NULL THEN json_build_object(
      'deploymentId', d.deployment_id, 'repository', d.repository, 'commitSha', d.commit->>'sha',
      'rootDirectory', d.root_directory, 'overrides', d.overrides,
      'artifact', coalesce(d.artifact, d.reused_artifact), 'sealedEnvironment', d.sealed_environment) END AS deployment,
    CASE WHEN m.move_id IS NOT NULL THEN json_build_object('moveId', m.move_id, 'phase', m.phase) END AS move
  FROM i
  JOIN plan p ON p.plan_id = i.plan_id
  LEFT JOIN deployment d ON d.deployment_id = i.desired_deployment_id
  LEFT JOIN instance_move m ON m.instance_id = i.instance_id AND m.ended_at IS NULL AND m.phase <> 'requested'`;

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

/** In another cluster nothing is known of it yet, and that cluster's revisions and deployments' progress count anew. */
const elsewhere: Prepared = {
  name: 'command-elsewhere',
  text: changedAndDesired(`
    , generation = generation + 1, settled = false, cluster_id = $2, observed_transfer = NULL,
      placed_at = now(),
      observed_generation = CASE WHEN cluster_id = $2 THEN observed_generation ELSE 0 END,
      observed_revision = CASE WHEN cluster_id = $2 THEN observed_revision ELSE -1 END
    WHERE instance_id = $1`),
};

/** Something that a cluster has and should not have. */
export interface Leftover extends Pick<ObservedInstance, 'instanceId' | 'clusterId' | 'generation'> {
  readonly state: 'deleted' | 'purged';
}

/** Owner and plan of what no row knows. Engines need neither to stop or remove it. */
const nobody = OwnerId.parse(`own_${'0'.repeat(26)}`);
const noPlan = { planId: PlanId.parse('none'), memoryMb: 1, cpuMillis: 1, storageMb: 1 };

/** Puts commands into the outbox: each the whole desired state as it is in the caller's transaction. */
@Injectable()
export class CommandOutbox {
  private readonly outbox = new Outbox({ schema: schemaName, catalog: commandCatalog });

  constructor(
    private readonly archives: ArchiveTickets,
    private readonly transfers: TransferTickets,
  ) {}

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

  /** Says in a higher generation, and from here on in this cluster, what should be. Returns the generation. */
  async commandIn(
    tx: Queryable,
    { instanceId, clusterId }: { instanceId: InstanceId; clusterId: ClusterId },
    command: CommandName,
  ): Promise<number> {
    const { rows } = await tx.query<DesiredRow>({ ...elsewhere, values: [instanceId, clusterId] });
    await this.put(tx, rows, () => command);
    return rows[0]?.generation ?? 0;
  }

  /** Stops, or removes for good, what an instance left behind in a cluster. */
  clear(tx: Queryable, { state, ...leftover }: Leftover): Promise<void> {
    return this.end(tx, [{ ...leftover, memoryLimitMb: null }], state);
  }

  /** Stops what an engine has and no row knows. Its data stay: a row that comes back finds them. */
  deleteUnknown(tx: Queryable, unknown: readonly ObservedInstance[]): Promise<void> {
    return this.end(tx, unknown.map(overtaken), 'deleted');
  }

  /** Removes what an engine has and no row knows, for good. */
  purgeUnknown(tx: Queryable, unknown: readonly ObservedInstance[]): Promise<void> {
    return this.end(tx, unknown.map(overtaken), 'purged');
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
        desired: desiredInstance(row, {
          archiveOf: (deploymentId) => this.archives.issue(deploymentId, now),
          dataOf: (moveId, direction) => this.transfers.issue(moveId, direction, now),
        }),
      },
    }));
    await this.outbox.insert(tx, messages);
  }

  private async end(tx: Queryable, instances: readonly Ended[], state: 'deleted' | 'purged'): Promise<void> {
    const messages = instances.map(({ instanceId, clusterId, generation, memoryLimitMb }) => ({
      name: state === 'deleted' ? ('instance.delete' as const) : ('instance.purge' as const),
      routingKey: clusterId,
      payload: {
        version: 1 as const,
        messageId: newId('message'),
        issuedAt: Date.now(),
        desired: {
          instanceId,
          clusterId,
          generation,
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

type Ended = Pick<ObservedInstance, 'instanceId' | 'clusterId' | 'generation' | 'memoryLimitMb'>;

const overtaken = ({ generation, ...observed }: ObservedInstance): Ended => ({
  ...observed,
  generation: generation + 1,
});
