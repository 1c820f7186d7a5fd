import { type DesiredInstance, type InstanceId, isFinal } from '@zarpa/contracts';
import pLimit from 'p-limit';
import type { EngineListener } from '../../engine.ts';
import { accept } from '../../instance/accept.ts';
import type { CrashPolicy } from '../../instance/crash-policy.ts';
import type { Kept } from '../../instance/kept.ts';
import { observeTombstone } from '../../instance/observed.ts';
import { observe } from '../observe.ts';
import { openTransfer } from '../transfers/asked-transfer.ts';
import { firstRecord, type InstanceRecord } from './record.ts';
import { type Content, type RecordStore, revisionOf, type Stored } from './record-store.ts';

const attempts = 20;

export interface KeeperOptions {
  readonly instanceId: InstanceId;
  readonly store: RecordStore;
  readonly listener: Pick<EngineListener, 'observed' | 'progressed'>;
  readonly policy: CrashPolicy;
  /** The namespace for an instance never seen before. */
  readonly newShard: () => string;
}

type Change = (record: InstanceRecord) => Partial<InstanceRecord> | null;

/**
 * Keeps one instance's record: one change at a time, in the cluster before anybody hears of it, each with a higher revision. Where another
 * worker wrote first, the change is made anew from what that one wrote.
 */
export class RecordKeeper {
  readonly #options: KeeperOptions;
  readonly #exclusively = pLimit(1);
  #stored: Stored | null;

  constructor(options: KeeperOptions, stored: Stored | null) {
    this.#options = options;
    this.#stored = stored;
  }

  /** Null where there is none (any more). */
  get record(): InstanceRecord | null {
    return this.#stored?.kind === 'record' ? this.#stored.record : null;
  }

  get stored(): Stored | null {
    return this.#stored;
  }

  /** What was heard of the ConfigMap. Older news than what is known change nothing. */
  learn(stored: Stored): void {
    if (this.#stored === null || revisionOf(stored) > revisionOf(this.#stored)) this.#stored = stored;
  }

  /** Keeps what `change` makes different. Null changes nothing and answers false. */
  commit(change: Change): Promise<boolean> {
    return this.#exclusively(async () => {
      const written = await this.#write((stored) => {
        if (stored?.kind !== 'record') return null;
        const changed = change(stored.record);
        return changed === null ? null : { kind: 'record', record: { ...stored.record, ...changed } };
      });
      return written;
    });
  }

  /** Takes up a command, and tells what is known. */
  take(desired: DesiredInstance): Promise<void> {
    return this.#exclusively(async () => {
      const written = await this.#write((stored) => this.#accepted(desired, stored));
      if (!written) this.announce();
    });
  }

  /** Leaves the tombstone, unless the instance is wanted again meanwhile. */
  bury(): Promise<boolean> {
    return this.#exclusively(() =>
      this.#write((stored) => {
        if (stored?.kind !== 'record' || stored.record.desired.state !== 'purged') return null;
        const { desired, revision } = stored.record;
        return { kind: 'tombstone', tombstone: { desired, revision, purgedAt: Date.now() } };
      }),
    );
  }

  /** Tells everything that is known, once more. */
  announce(): void {
    const { listener, policy } = this.#options;
    if (this.#stored?.kind === 'tombstone') listener.observed(observeTombstone(this.#stored.tombstone));
    const { record } = this;
    if (record === null) return;
    for (const progress of record.replaced.toReversed()) listener.progressed(progress);
    if (record.progress !== null) listener.progressed(record.progress);
    listener.observed(observe(record, policy));
  }

  #accepted(desired: DesiredInstance, stored: Stored | null): Content | null {
    const now = Date.now();
    const first = (kept: Kept, revision: number) =>
      firstRecord({ kept, revision, shard: this.#options.newShard(), now });
    const record = stored?.kind === 'record' ? stored.record : null;
    const tombstone = stored?.kind === 'tombstone' ? stored.tombstone : null;
    const accepted = accept({ desired, record, tombstone, first, now });
    if (accepted.kind === 'buried' || accepted.kind === 'dropped') return null;
    // Fresh addresses matter only to a build or a transfer that is still to come.
    const { progress } = accepted.record;
    const mayBuild = progress !== null && !isFinal(progress.status);
    const isUseful = accepted.record !== record && (mayBuild || openTransfer(accepted.record) !== null);
    return accepted.kind === 'taken' || isUseful ? { kind: 'record', record: accepted.record } : null;
  }

  /** False where there is nothing to write. */
  async #write(change: (stored: Stored | null) => Content | null): Promise<boolean> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = this.#stored;
      const changed = change(before);
      if (changed === null) return false;
      const next = revised(changed, before);
      const written = await this.#options.store.write(next, before);
      if (written !== null) {
        this.#stored = written;
        this.#tell(written, before);
        return true;
      }
      this.#stored = await this.#options.store.read(this.#options.instanceId);
    }
    throw new Error(`The record of ${this.#options.instanceId} changed ${attempts} times while it was written`);
  }

  #tell(written: Stored, before: Stored | null): void {
    const { listener, policy } = this.#options;
    if (written.kind === 'tombstone') {
      listener.observed(observeTombstone(written.tombstone));
      return;
    }
    const { record } = written;
    const earlier = before?.kind === 'record' ? before.record : null;
    if (record.replaced !== earlier?.replaced) for (const one of record.replaced.slice(0, 1)) listener.progressed(one);
    if (record.progress !== null && record.progress !== earlier?.progress) listener.progressed(record.progress);
    listener.observed(observe(record, policy));
  }
}

/** What was changed, under a higher revision. */
function revised(changed: Content, before: Stored | null): Content {
  const revision = Math.max(revisionOf(changed), before === null ? 0 : revisionOf(before)) + 1;
  if (changed.kind === 'tombstone') return { kind: 'tombstone', tombstone: { ...changed.tombstone, revision } };
  const earlier = before?.kind === 'record' ? before.record : null;
  const { progress, replaced } = changed.record;
  const record: InstanceRecord = {
    ...changed.record,
    revision,
    changedAt: Date.now(),
    progress: progress === null || progress === earlier?.progress ? progress : { ...progress, revision },
    replaced: replaced === earlier?.replaced ? replaced : replaced.map((one) => ({ ...one, revision })),
  };
  return { kind: 'record', record };
}
