import { randomUUID } from 'node:crypto';
import type { Logger } from '@zarpa/observability';
import type { Lease } from 'kubernetes-types/coordination/v1';
import { Reflector, type ReflectorTimings } from '../cache/reflector.ts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { leases } from '../client/resource-kinds.ts';
import { label } from '../names.ts';
import { Liveness } from './liveness.ts';
import { OwnLease } from './own-lease.ts';
import { ownerOf } from './rendezvous.ts';

export interface MembershipOptions {
  readonly client: KubernetesClient;
  readonly namespace: string;
  /** Of this worker; what had the same id before is replaced at once. */
  readonly workerId: string;
  readonly logger: Logger;
  /** After so long without a renewal a worker is gone. */
  readonly durationMs?: number;
  readonly timings?: Partial<ReflectorTimings>;
}

const defaultDurationMs = 15_000;
const leasePart = 'worker';

/** Which of the workers of a cluster live, and which of them a key belongs to. */
export class Membership {
  readonly #workerId: string;
  readonly #own: OwnLease;
  readonly #others: Reflector<Lease>;
  readonly #liveness = new Liveness();
  readonly #listeners = new Set<() => void>();
  #members: readonly string[] = [];

  private constructor(options: MembershipOptions) {
    const { client, namespace, workerId, logger, durationMs = defaultDurationMs, timings } = options;
    this.#workerId = workerId;
    this.#own = new OwnLease({
      client,
      logger,
      durationMs,
      onChange: () => this.#update(),
      lease: {
        metadata: { name: `worker-${workerId}`, namespace, labels: { [label.part]: leasePart } },
        spec: { holderIdentity: `${workerId}_${randomUUID()}`, leaseDurationSeconds: Math.ceil(durationMs / 1_000) },
      },
    });
    this.#others = new Reflector<Lease>({
      client,
      logger,
      kind: leases,
      namespace,
      labelSelector: `${label.part}=${leasePart}`,
      onChange: (_key, lease, previous) => this.#see(lease, previous, durationMs),
      ...(timings === undefined ? {} : { timings }),
    });
  }

  /** Resolves once this worker has its lease and knows the others. */
  static async join(options: MembershipOptions): Promise<Membership> {
    const membership = new Membership(options);
    try {
      await membership.#own.take();
      await membership.#others.synced;
    } catch (error) {
      await membership.close();
      throw error;
    }
    membership.#update();
    return membership;
  }

  /** Ids of the workers that live. Empty while this one could not renew its lease in time. */
  get members(): readonly string[] {
    return this.#members;
  }

  /** Whether the key is this worker's. False for every key while this worker may be taken for dead. */
  isOwner(key: string): boolean {
    return this.#own.isHeld() && ownerOf(this.#members, key) === this.#workerId;
  }

  /** Called whenever `isOwner` may answer differently. Returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Gives up the lease: others take over at once. */
  async close(): Promise<void> {
    this.#listeners.clear();
    this.#others.stop();
    await this.#own.giveUp();
  }

  #see(lease: Lease | null, previous: Lease | null, durationMs: number): void {
    const name = lease?.metadata?.name ?? previous?.metadata?.name ?? '';
    const member = name.slice('worker-'.length);
    const now = performance.now();
    if (lease === null) this.#liveness.forget(member, now);
    else {
      const renewal = lease.metadata?.resourceVersion ?? '';
      const seconds = lease.spec?.leaseDurationSeconds;
      this.#liveness.see(member, { renewal, durationMs: seconds === undefined ? durationMs : seconds * 1_000 }, now);
    }
    this.#update();
  }

  #update(): void {
    const others = this.#liveness.live().filter((member) => member !== this.#workerId);
    const members = this.#own.isHeld() ? [...others, this.#workerId].sort() : [];
    if (members.join() === this.#members.join()) return;
    this.#members = members;
    for (const listener of this.#listeners) listener();
  }
}
