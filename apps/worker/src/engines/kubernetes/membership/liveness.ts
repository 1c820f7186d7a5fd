interface Seen {
  /** Of the lease as last seen: a renewal changes it. */
  renewal: string;
  durationMs: number;
  renewedAt: number;
}

/**
 * Who is alive, judged by renewals seen here and by this clock alone. Time passes only while something is heard: what one does not hear of
 * while one's own ear is closed says nothing about others.
 */
export class Liveness {
  readonly #seen = new Map<string, Seen>();
  #heardAt: number | null = null;

  /** A lease was seen, renewed or not, `now` by a clock that never steps. */
  see(member: string, lease: { renewal: string; durationMs: number }, now: number): void {
    this.#hear(now);
    const known = this.#seen.get(member);
    if (known?.renewal !== lease.renewal) this.#seen.set(member, { ...lease, renewedAt: now });
  }

  forget(member: string, now: number): void {
    this.#hear(now);
    this.#seen.delete(member);
  }

  live(): string[] {
    const heardAt = this.#heardAt ?? 0;
    return [...this.#seen]
      .filter(([, { renewedAt, durationMs }]) => heardAt - renewedAt <= durationMs)
      .map(([member]) => member)
      .sort();
  }

  #hear(now: number): void {
    const before = this.#heardAt ?? now;
    this.#heardAt = now;
    // What was renewed during a silence is heard one by one after it.
    for (const seen of this.#seen.values()) {
      if (now - before > seen.durationMs / 2) seen.renewedAt += now - before;
    }
  }
}
