import type { InstanceId } from '@zarpa/contracts';
import type { LogSource } from '../log-source.ts';
import type { KubernetesContext } from './context.ts';
import { InstanceRunLog } from './instance-run-log.ts';
import { KubernetesInstance } from './kubernetes-instance.ts';
import type { Namespaces } from './names.ts';
import type { InstanceRecord } from './record/record.ts';
import { RecordKeeper } from './record/record-keeper.ts';
import { parseStored } from './record/record-store.ts';
import { shardWithRoom } from './shards.ts';

const tombstoneLifetimeMs = 7 * 24 * 3_600_000;

/** Every instance of the cluster that this worker knows, and those that it owns. */
export class Directory {
  readonly #context: KubernetesContext;
  readonly #namespaces: Namespaces;
  readonly #wake: (instanceId: InstanceId) => void;
  readonly #keepers = new Map<InstanceId, RecordKeeper>();
  readonly #runLogs = new Map<InstanceId, InstanceRunLog>();
  readonly #owned = new Map<InstanceId, KubernetesInstance>();

  constructor(options: {
    context: KubernetesContext;
    namespaces: Namespaces;
    wake: (instanceId: InstanceId) => void;
  }) {
    this.#context = options.context;
    this.#namespaces = options.namespaces;
    this.#wake = options.wake;
  }

  keeperOf(instanceId: InstanceId): RecordKeeper {
    const known = this.#keepers.get(instanceId);
    if (known !== undefined) return known;
    const { store, listener, policy, caches } = this.#context;
    const cached = caches.record(instanceId);
    const newShard = () => shardWithRoom(this.#namespaces, this.#shardCounts());
    const keeper = new RecordKeeper(
      { instanceId, store, listener, policy, newShard },
      cached === null ? null : parseStored(cached),
    );
    this.#keepers.set(instanceId, keeper);
    return keeper;
  }

  records(): InstanceRecord[] {
    return [...this.#keepers.values()].map(({ record }) => record).filter((record) => record !== null);
  }

  recordOf(instanceId: InstanceId): InstanceRecord | null {
    return this.#keepers.get(instanceId)?.record ?? null;
  }

  runLogOf(instanceId: InstanceId): LogSource {
    return this.#logOf(instanceId).source;
  }

  owned(): KubernetesInstance[] {
    return [...this.#owned.values()];
  }

  ownedIds(): InstanceId[] {
    return [...this.#owned.keys()];
  }

  ownedInstance(instanceId: InstanceId): KubernetesInstance | undefined {
    return this.#owned.get(instanceId);
  }

  /** Takes over what is this worker's now, telling all of it, and lets go of what is another's. */
  share(isMine: (instanceId: InstanceId) => boolean): void {
    for (const [instanceId, keeper] of this.#keepers) {
      const owns = this.#owned.has(instanceId);
      if (isMine(instanceId) && !owns && keeper.record !== null) {
        this.own(instanceId);
        keeper.announce();
        this.#wake(instanceId);
      } else if (!isMine(instanceId) && owns) this.#letGo(instanceId);
    }
  }

  own(instanceId: InstanceId): void {
    const keeper = this.keeperOf(instanceId);
    if (this.#owned.has(instanceId) || keeper.record === null) return;
    const log = this.#logOf(instanceId);
    const instance = new KubernetesInstance({ context: this.#context, keeper, log });
    log.onFirstLine = (podUid) => void instance.firstLine(podUid);
    this.#owned.set(instanceId, instance);
  }

  /** It is purged, and its tombstone may be gone too. */
  forget(instanceId: InstanceId): void {
    if (this.#owned.delete(instanceId)) this.#runLogs.delete(instanceId);
    const { record } = this.keeperOf(instanceId);
    if (record === null) this.#keepers.delete(instanceId);
  }

  /** Something of it changed that its log may be made of. */
  changed(instanceId: InstanceId): void {
    this.#runLogs.get(instanceId)?.notify();
  }

  /** Forgets what was purged so long ago that no command of that time can still come. */
  async sweep(isMine: (instanceId: InstanceId) => boolean, now: number): Promise<void> {
    for (const [instanceId, { stored }] of this.#keepers) {
      const isOld = stored?.kind === 'tombstone' && stored.tombstone.purgedAt < now - tombstoneLifetimeMs;
      if (isOld && isMine(instanceId)) await this.#context.store.remove(instanceId);
    }
  }

  close(): void {
    this.#owned.clear();
  }

  #letGo(instanceId: InstanceId): void {
    this.#owned.delete(instanceId);
    this.#context.listener.logReleased({ kind: 'run', instanceId });
  }

  #logOf(instanceId: InstanceId): InstanceRunLog {
    const known = this.#runLogs.get(instanceId);
    if (known !== undefined) return known;
    const log = new InstanceRunLog({
      client: this.#context.client,
      logger: this.#context.logger,
      recordOf: () => this.recordOf(instanceId),
      podOf: (shard) => this.#context.caches.pod(shard, instanceId),
      onRead: () => this.#wake(instanceId),
    });
    this.#runLogs.set(instanceId, log);
    return log;
  }

  #shardCounts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { shard } of this.records()) counts.set(shard, (counts.get(shard) ?? 0) + 1);
    return counts;
  }
}
