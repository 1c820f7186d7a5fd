import type { Logger } from '@zarpa/observability';
import type { Lease } from 'kubernetes-types/coordination/v1';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { isConflict } from '../client/kubernetes-error.ts';
import { leases } from '../client/resource-kinds.ts';

const renewalsPerDuration = 3;

/** A lease that is kept by renewing it, and is taken from whoever had it. */
export class OwnLease {
  readonly #client: KubernetesClient;
  readonly #lease: Lease;
  readonly #durationMs: number;
  readonly #logger: Logger;
  readonly #onChange: () => void;
  readonly #renewals = new Set<Promise<void>>();
  #heldUntil = 0;
  #resourceVersion: string | null = null;
  #interval: NodeJS.Timeout | null = null;
  #expiry: NodeJS.Timeout | null = null;

  constructor(options: {
    client: KubernetesClient;
    lease: Lease;
    durationMs: number;
    logger: Logger;
    /** It is held from now on, or no longer. */
    onChange: () => void;
  }) {
    this.#client = options.client;
    this.#lease = options.lease;
    this.#durationMs = options.durationMs;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
  }

  /** Nobody else can take it for expired: they saw the last renewal later than it was asked for. */
  isHeld(): boolean {
    return performance.now() < this.#heldUntil;
  }

  /** Resolves when it is held; renews it from then on. */
  async take(): Promise<void> {
    await this.#renew();
    this.#interval = setInterval(() => this.#renewOnce(), this.#durationMs / renewalsPerDuration);
  }

  async giveUp(): Promise<void> {
    if (this.#interval !== null) clearInterval(this.#interval);
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    this.#heldUntil = 0;
    await Promise.all(this.#renewals);
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    this.#heldUntil = 0;
    await this.#remove();
  }

  /** Several may be on their way: one that hangs must not keep the next one back. */
  #renewOnce(): void {
    const renewal = this.#renew().catch((error: unknown) => {
      this.#logger.warn({ err: error, held: this.isHeld() }, 'Failed to renew the Lease of this worker');
    });
    this.#renewals.add(renewal);
    void renewal.then(() => this.#renewals.delete(renewal));
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now();
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    const lease = { ...this.#lease, spec: { ...this.#lease.spec, renewTime } };
    const renewed = await this.#client.apply(leases, lease);
    const wasHeld = this.isHeld();
    if (askedAt + this.#durationMs > this.#heldUntil) {
      this.#heldUntil = askedAt + this.#durationMs;
      this.#resourceVersion = renewed.metadata?.resourceVersion ?? null;
    }
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.#onChange(), this.#heldUntil - performance.now() + 1);
    if (!wasHeld) this.#onChange();
  }

  /** Unless somebody of the same name has taken it over. */
  async #remove(): Promise<void> {
    if (this.#resourceVersion === null) return;
    const { name = '', namespace = '' } = this.#lease.metadata ?? {};
    try {
      await this.#client.delete(leases, { name, namespace }, { resourceVersion: this.#resourceVersion });
    } catch (error) {
      if (!isConflict(error)) this.#logger.warn({ err: error }, 'Failed to delete the Lease of this worker');
    }
  }
}
