import type { Principal } from './principal.ts';

export type RateResource = 'core' | 'search';

export interface RateStatus {
  readonly resource: RateResource;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Unix time in seconds at which the window ends. */
  readonly reset: number;
}

const windowsMs: Record<RateResource, number> = { core: 60 * 60_000, search: 60_000 };

/** GitHub's primary rate limit: one window per account (or address) and resource, from its first request on. */
export class RateLimits {
  readonly #windows = new Map<string, { used: number; endsAt: number }>();
  readonly #limits: { readonly authorized: number; readonly anonymous: number };
  readonly #now: () => number;

  constructor(limits: { authorized: number; anonymous: number }, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts one request; `allowed` is false when the window is used up. */
  take(principal: Principal, resource: RateResource): { allowed: boolean; status: RateStatus } {
    const window = this.#window(principal, resource);
    const allowed = window.used < this.#limitOf(principal, resource);
    if (allowed) window.used += 1;
    return { allowed, status: this.status(principal, resource) };
  }

  /** Takes back what an answer without content (304) must not cost. */
  giveBack(principal: Principal, resource: RateResource): RateStatus {
    const window = this.#window(principal, resource);
    window.used = Math.max(0, window.used - 1);
    return this.status(principal, resource);
  }

  status(principal: Principal, resource: RateResource): RateStatus {
    const { used, endsAt } = this.#window(principal, resource);
    const limit = this.#limitOf(principal, resource);
    return { resource, limit, used, remaining: limit - used, reset: Math.ceil(endsAt / 1_000) };
  }

  #limitOf(principal: Principal, resource: RateResource): number {
    const anonymous = principal.kind === 'anonymous';
    if (resource === 'search') return anonymous ? 10 : 30;
    return anonymous ? this.#limits.anonymous : this.#limits.authorized;
  }

  #window(principal: Principal, resource: RateResource): { used: number; endsAt: number } {
    const now = this.#now();
    const key = `${resource} ${holderOf(principal)}`;
    const window = this.#windows.get(key);
    if (window && window.endsAt > now) return window;
    for (const [other, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(other);
    const fresh = { used: 0, endsAt: now + windowsMs[resource] };
    this.#windows.set(key, fresh);
    return fresh;
  }
}

function holderOf(principal: Principal): string {
  if (principal.kind === 'anonymous') return `address ${principal.address}`;
  if (principal.kind === 'user') return `user ${principal.login.toLowerCase()}`;
  return principal.kind === 'app' ? 'app' : `installation ${principal.installation.id}`;
}
