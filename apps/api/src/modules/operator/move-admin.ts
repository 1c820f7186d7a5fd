import { type ClusterId, type InstanceId, type MoveId, newId } from '@zarpa/contracts';
import type { Database } from '../../database/database.ts';
import type { ClusterRepository, ClusterRow } from '../cluster/index.ts';
import type { LeftoverRepository, MoveRepository, MoveView } from '../move/index.ts';
import { Refusal } from './refusal.ts';

const mostAtOnce = 1_000;

/** What operators do to have instances change their cluster. The API does the rest. */
export class MoveAdmin {
  constructor(
    private readonly database: Database,
    private readonly clusters: ClusterRepository,
    private readonly moves: MoveRepository,
    private readonly leftovers: LeftoverRepository,
  ) {}

  list(): Promise<MoveView[]> {
    return this.moves.list();
  }

  move(instanceId: InstanceId, to: ClusterId): Promise<MoveId> {
    return this.database.transaction(async (tx) => {
      const instance = await this.moves.lockInstance(tx, instanceId);
      if (!instance || instance.desiredState === 'purged') throw new Refusal(`There is no instance ${instanceId}.`);
      if (instance.clusterId === to) throw new Refusal(`The instance ${instanceId} is in the cluster ${to} already.`);
      const from = await this.clusters.find(tx, instance.clusterId);
      assertMovable(from, instance.clusterId);
      const target = await this.clusters.find(tx, to);
      assertMovable(target, to);
      if (target.state !== 'accepting') {
        throw new Refusal(`The cluster ${to} is ${target.state}: open it first with "open ${to}".`);
      }
      if ((await this.leftovers.clustersOf(tx, instanceId)).includes(to)) {
        throw new Refusal(
          `The cluster ${to} has not yet cleared what this instance left there. Try again in a minute.`,
        );
      }
      const moveId = newId('move');
      const made = await this.moves.insert(tx, [{ moveId, instanceId, toClusterId: to }]);
      if (made === 0) throw new Refusal(`The instance ${instanceId} has a move already: see "moves".`);
      return moveId;
    });
  }

  /** No new instances, and those that are there move to wherever there is room. Returns how many were asked to now. */
  drain(clusterId: ClusterId): Promise<number> {
    return this.database.transaction(async (tx) => {
      const row = await this.clusters.lock(tx, clusterId);
      assertMovable(row, clusterId);
      await this.clusters.saveState(tx, clusterId, 'draining');
      const instanceIds = await this.moves.instancesToMoveFrom(tx, clusterId);
      let requested = 0;
      for (let start = 0; start < instanceIds.length; start += mostAtOnce) {
        const some = instanceIds.slice(start, start + mostAtOnce);
        const moves = some.map((instanceId) => ({ moveId: newId('move'), instanceId, toClusterId: null }));
        requested += await this.moves.insert(tx, moves);
      }
      return requested;
    });
  }

  async cancel(moveId: MoveId): Promise<void> {
    const isActive = await this.moves.cancel(this.database.pool, moveId);
    if (!isActive) throw new Refusal(`There is no move ${moveId} under way.`);
  }
}

function assertMovable(row: ClusterRow | undefined, clusterId: ClusterId): asserts row is ClusterRow {
  if (!row) throw new Refusal(`There is no cluster ${clusterId}. "list" shows those that there are.`);
  if (row.engine !== 'kubernetes') {
    throw new Refusal(
      `The cluster ${clusterId} is a ${row.engine} one: instances move between kubernetes clusters only.`,
    );
  }
}
