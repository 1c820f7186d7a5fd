import {
  ClusterId,
  type DesiredInstance,
  type InstanceId,
  type ObservedInstance,
  type ObservedState,
  type ObservedTransfer,
} from '@zarpa/contracts';
import { CommandTap } from './command-tap.ts';
import type { TestApi } from './test-api.ts';

interface Kept {
  readonly desired: DesiredInstance;
  readonly revision: number;
  readonly transfer: ObservedTransfer | null;
  readonly data: string;
}

/** What may go wrong. */
interface Troubles {
  /** Takes commands and says nothing. */
  silent: boolean;
  /** Loses every other command and says everything twice, the older one last. */
  lossy: boolean;
  failsTransfers: boolean;
}

/** Which clusters run an instance. Filled by all that are played, so that two at once are noticed. */
export class RunningNow {
  readonly twice: string[] = [];
  private readonly clusters = new Map<InstanceId, Set<string>>();

  of(instanceId: InstanceId): string[] {
    return [...(this.clusters.get(instanceId) ?? [])];
  }

  set(instanceId: InstanceId, clusterId: string, runs: boolean): void {
    const clusters = this.clusters.get(instanceId) ?? new Set();
    this.clusters.set(instanceId, clusters);
    if (runs) clusters.add(clusterId);
    else clusters.delete(clusterId);
    if (clusters.size > 1) this.twice.push(`${instanceId} in ${[...clusters].join(' and ')}`);
  }
}

/** A cluster as the API sees it: takes commands off its real queue, keeps an engine's rules, and publishes events. */
export class PlayedCluster {
  readonly troubles: Troubles = { silent: false, lossy: false, failsTransfers: false };
  tap!: CommandTap;
  private readonly kept = new Map<InstanceId, Kept>();
  private received = 0;

  private constructor(
    readonly clusterId: ClusterId,
    private readonly api: TestApi,
    private readonly running: RunningNow,
  ) {}

  static async open(api: TestApi, id: string, running: RunningNow): Promise<PlayedCluster> {
    const cluster = new PlayedCluster(ClusterId.parse(id), api, running);
    const onCommand = ({ desired }: { desired: DesiredInstance }) => void cluster.take(desired);
    cluster.tap = await CommandTap.open(api.env, { clusterId: id, onCommand });
    return cluster;
  }

  close(): Promise<void> {
    return this.tap.close();
  }

  async report(freeMemoryMb: number, changes: { freePods?: number; reportedAt?: number } = {}): Promise<void> {
    await this.api.events.publish('cluster.reported', {
      ...this.envelope(),
      engine: 'kubernetes',
      engineVersion: 'v1.36.0',
      abilities: [{ name: 'pod_resize', status: 'missing', detail: 'Pods are made anew' }],
      capacity: {
        memoryMb: { total: 16_000, free: freeMemoryMb },
        cpuMillis: { total: 8_000, free: 8_000 },
        pods: { total: 110, free: changes.freePods ?? 100 },
      },
      reportedAt: changes.reportedAt ?? Date.now(),
    });
  }

  /** All that it keeps, or what it kept when an earlier one was written down. */
  async publishInventory(instances = this.inventory(), takenAt = Date.now()): Promise<void> {
    const items = instances.map((observed) => ({ observed, progress: null }));
    await this.api.events.publish('cluster.inventory', {
      ...this.envelope(),
      engine: 'kubernetes',
      takenAt,
      instances: items,
    });
  }

  inventory(): ObservedInstance[] {
    const alive = [...this.kept.values()].filter(({ desired }) => desired.state !== 'purged');
    return alive.map((each) => this.observedOf(each));
  }

  stateOf(instanceId: InstanceId): ObservedState | undefined {
    return this.kept.get(instanceId)?.desired.state;
  }

  dataOf(instanceId: InstanceId): string | undefined {
    return this.kept.get(instanceId)?.data;
  }

  write(instanceId: InstanceId, data: string): void {
    const kept = this.kept.get(instanceId);
    if (kept) this.kept.set(instanceId, { ...kept, data });
  }

  /** Says again what is. */
  async tell(instanceId: InstanceId): Promise<void> {
    const kept = this.kept.get(instanceId);
    if (!kept || this.troubles.silent) return;
    await this.api.events.publish('instance.observed', { ...this.envelope(), observed: this.observedOf(kept) });
  }

  private envelope() {
    return { version: 1, workerId: `worker-of-${this.clusterId}`, clusterId: this.clusterId } as const;
  }

  private async take(desired: DesiredInstance): Promise<void> {
    this.received++;
    if (this.troubles.lossy && this.received % 2 === 1) return;
    const { instanceId } = desired;
    const before = this.kept.get(instanceId);
    if (before && before.desired.generation > desired.generation) return;
    const isNew = before === undefined || before.desired.state === 'purged';
    const isChange = before?.desired.generation !== desired.generation;
    this.kept.set(instanceId, {
      desired,
      revision: (before?.revision ?? 0) + (isChange ? 1 : 0),
      transfer: isNew ? null : before.transfer,
      data: isNew || desired.state === 'purged' ? '' : before.data,
    });
    this.running.set(instanceId, this.clusterId, desired.state === 'running');
    if (this.troubles.lossy && before) {
      await this.api.events.publish('instance.observed', { ...this.envelope(), observed: this.observedOf(before) });
    }
    await this.tell(instanceId);
    if (!this.troubles.silent) await this.transfer(desired);
  }

  /** Asked again for one that is over, it says the same again. */
  private async transfer({ instanceId, data }: DesiredInstance): Promise<void> {
    const address = data?.export ?? data?.import;
    if (!address) return;
    const direction = data?.export ? 'export' : 'import';
    const { moveId, url } = address;
    const last = this.kept.get(instanceId)?.transfer;
    if (last?.moveId === moveId && last.direction === direction && last.status !== 'running') return;
    const failed = { moveId, direction, status: 'failed', detail: 'The volume cannot be mounted' } as const;
    const done = { moveId, direction, status: 'done', detail: null } as const;
    const isDone = !this.troubles.failsTransfers && (await this.carry(instanceId, direction, url).catch(() => null));
    // Cut off on the way: it is asked again, as an engine tries again.
    if (isDone === null) return;
    const kept = this.kept.get(instanceId);
    if (!kept) return;
    this.kept.set(instanceId, { ...kept, revision: kept.revision + 1, transfer: isDone ? done : failed });
    await this.tell(instanceId);
  }

  private async carry(instanceId: InstanceId, direction: 'export' | 'import', url: string): Promise<boolean> {
    if (direction === 'export') {
      const answer = await fetch(url, { method: 'PUT', body: this.dataOf(instanceId) ?? '' });
      return answer.ok;
    }
    const answer = await fetch(url);
    if (answer.ok) this.write(instanceId, await answer.text());
    return answer.ok;
  }

  private observedOf({ desired, revision, transfer }: Kept): ObservedInstance {
    const asked = desired.data?.export ?? desired.data?.import;
    const isOver = transfer?.moveId === asked?.moveId && transfer?.status !== 'running';
    const isDirection = transfer?.direction === (desired.data?.export ? 'export' : 'import');
    return {
      instanceId: desired.instanceId,
      clusterId: this.clusterId,
      generation: desired.generation,
      settled: !asked || (isOver && isDirection),
      revision,
      state: desired.state,
      reason: null,
      deploymentId: desired.deployment?.deploymentId ?? null,
      exitCode: null,
      restarts: 0,
      startedAt: null,
      nextStartAt: null,
      memoryLimitMb: desired.limits.memoryMb,
      transfer,
      observedAt: Date.now(),
    };
  }
}
