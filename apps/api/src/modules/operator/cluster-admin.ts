import type { ClusterId } from '@zarpa/contracts';
import type { Database, Queryable } from '../../database/database.ts';
import type { Sealer } from '../../sealing/sealer.ts';
import type { ClusterEngine, ClusterRepository, ClusterRow, ClusterState } from '../cluster/index.ts';
import type { LeftoverRepository, MoveRepository } from '../move/index.ts';
import { Refusal } from './refusal.ts';

const kubeconfigContext = (clusterId: ClusterId): string => `kubeconfig:${clusterId}`;

/** What operators do to clusters. */
export class ClusterAdmin {
  constructor(
    private readonly database: Database,
    private readonly clusters: ClusterRepository,
    private readonly moves: MoveRepository,
    private readonly leftovers: LeftoverRepository,
    private readonly sealer: Sealer,
  ) {}

  list(): Promise<(ClusterRow & { readonly instances: number })[]> {
    return this.clusters.list();
  }

  async add(cluster: {
    clusterId: ClusterId;
    name: string;
    engine: ClusterEngine;
    kubeconfig: string | null;
  }): Promise<void> {
    const { clusterId, kubeconfig } = cluster;
    if (cluster.engine === 'local' && kubeconfig !== null) throw new Refusal('A local cluster has no kubeconfig.');
    const sealedKubeconfig = kubeconfig === null ? null : this.seal(clusterId, kubeconfig);
    const isNew = await this.clusters.insert(this.database.pool, { ...cluster, sealedKubeconfig });
    if (!isNew) throw new Refusal(`There is a cluster ${clusterId} already.`);
  }

  async replaceKubeconfig(clusterId: ClusterId, kubeconfig: string): Promise<void> {
    const sealed = this.seal(clusterId, kubeconfig);
    await this.change(clusterId, async (tx, { engine }) => {
      if (engine === 'local') throw new Refusal('A local cluster has no kubeconfig.');
      await this.clusters.saveKubeconfig(tx, clusterId, sealed);
    });
  }

  /** The kubeconfig in clear, for the Secret of the cluster's worker. */
  async kubeconfig(clusterId: ClusterId): Promise<string> {
    const row = await this.clusters.find(this.database.pool, clusterId);
    if (!row) throw unknown(clusterId);
    if (!row.sealedKubeconfig) throw new Refusal(`No kubeconfig is kept for the cluster ${clusterId}.`);
    return this.sealer.open(row.sealedKubeconfig, kubeconfigContext(clusterId));
  }

  setState(clusterId: ClusterId, state: Exclude<ClusterState, 'draining'>): Promise<void> {
    return this.change(clusterId, (tx) => this.clusters.saveState(tx, clusterId, state));
  }

  /** Forgets a cluster that has no instances, and what moves have left in it. */
  async remove(clusterId: ClusterId): Promise<void> {
    await this.change(clusterId, async (tx) => {
      const instances = await this.clusters.countInstances(tx, clusterId);
      if (instances > 0) {
        throw new Refusal(
          `The cluster ${clusterId} has ${instances} instance(s), deleted ones that can still be restored among them. ` +
            `Move them away with "drain ${clusterId}" and wait until "list" shows none; those of a local cluster have to be deleted.`,
        );
      }
      if ((await this.moves.countTo(tx, clusterId)) > 0) {
        throw new Refusal(
          `Instances are moving to the cluster ${clusterId}: wait, or end them with "cancel" (see "moves").`,
        );
      }
      await this.leftovers.forget(tx, clusterId);
      await this.clusters.remove(tx, clusterId);
    });
  }

  private change(clusterId: ClusterId, work: (tx: Queryable, row: ClusterRow) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.clusters.lock(tx, clusterId);
      if (!row) throw unknown(clusterId);
      await work(tx, row);
    });
  }

  private seal(clusterId: ClusterId, kubeconfig: string) {
    if (!/\bclusters\b/.test(kubeconfig) || !/\bapiVersion\b/.test(kubeconfig)) {
      throw new Refusal('This is not a kubeconfig: it has no apiVersion, or no clusters.');
    }
    return this.sealer.seal(kubeconfig, kubeconfigContext(clusterId));
  }
}

const unknown = (clusterId: ClusterId): Refusal =>
  new Refusal(`There is no cluster ${clusterId}. "list" shows those that there are.`);
