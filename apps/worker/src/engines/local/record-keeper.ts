import type { DesiredInstance } from '@zarpa/contracts';
import pLimit from 'p-limit';
import type { EngineListener } from '../engine.ts';
import { accept } from '../instance/accept.ts';
import { observeTombstone } from '../instance/observed.ts';
import type { LocalContext } from './context.ts';
import { observe } from './observe.ts';
import type { InstanceRecord } from './record.ts';

type Context = Pick<LocalContext, 'store' | 'crashPolicy'> & {
  readonly listener: Pick<EngineListener, 'observed' | 'progressed'>;
};
type Change = (record: InstanceRecord) => Partial<InstanceRecord> | null;

/** Changes that go to disk together, in order; `kept` tells of each whether it changed anything. */
interface Batch {
  readonly changes: Change[];
  readonly kept: Promise<boolean[]>;
}

/**
 * Keeps one instance's record: one write at a time, on disk before anybody hears of it, each with a higher revision. Changes that come
 * while a write is under way share the next one.
 */
export class RecordKeeper {
  readonly #context: Context;
  readonly #exclusively = pLimit(1);
  #record: InstanceRecord;
  #batch: Batch | null = null;
  #purged = false;
  #closed = false;

  constructor(context: Context, record: InstanceRecord) {
    this.#context = context;
    this.#record = record;
  }

  get record(): InstanceRecord {
    return this.#record;
  }

  get purged(): boolean {
    return this.#purged;
  }

  /** Keeps what `change` makes different. Null changes nothing and answers false. */
  async commit(change: Change): Promise<boolean> {
    this.#batch ??= this.#newBatch();
    const { changes, kept } = this.#batch;
    const index = changes.push(change) - 1;
    return (await kept)[index] ?? false;
  }

  /** Ends what is under way. From then on the record stays as it is: it may be another worker's. */
  close(): Promise<void> {
    return this.#alone(async () => {
      this.#closed = true;
    });
  }

  /** Takes up a command. Null: the instance has just been purged, ask its tombstone. */
  take(desired: DesiredInstance): Promise<'taken' | 'repeated' | 'dropped' | null> {
    return this.#alone(async () => {
      if (this.#purged) return null;
      const { record } = this;
      const accepted = accept({
        desired,
        record,
        tombstone: null,
        first: (kept) => ({ ...record, ...kept }),
        now: Date.now(),
      });
      if (accepted.kind === 'buried') return null;
      if (accepted.kind === 'taken') await this.#replace(accepted.record);
      else {
        this.#record = accepted.record;
        this.announce();
      }
      return accepted.kind;
    });
  }

  /** Removes everything of the instance, unless it is wanted again meanwhile. */
  purge(): Promise<boolean> {
    return this.#alone(async () => {
      if (this.#purged || this.#record.desired.state !== 'purged') return false;
      const tombstone = { desired: this.#record.desired, revision: this.#record.revision + 1, purgedAt: Date.now() };
      await this.#context.store.bury(tombstone);
      this.#purged = true;
      this.#context.listener.observed(observeTombstone(tombstone));
      return true;
    });
  }

  /** Tells everything that is known, once more. */
  announce(): void {
    const { listener } = this.#context;
    for (const progress of this.#record.replaced.toReversed()) listener.progressed(progress);
    if (this.#record.progress !== null) listener.progressed(this.#record.progress);
    this.#tellObserved();
  }

  #newBatch(): Batch {
    const changes: Change[] = [];
    const kept = this.#alone(async () => {
      this.#batch = null;
      return this.#purged || this.#closed ? [] : await this.#keep(changes);
    });
    return { changes, kept };
  }

  async #keep(changes: readonly Change[]): Promise<boolean[]> {
    let next = this.#record;
    const made = changes.map((change) => {
      const changed = change(next);
      if (changed !== null) next = { ...next, ...changed };
      return changed !== null;
    });
    if (next !== this.#record) await this.#replace(next);
    return made;
  }

  /** After everything that was asked before, and before everything that is asked later. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#batch = null;
    return this.#exclusively(work);
  }

  async #replace(next: InstanceRecord): Promise<void> {
    const { progress, replaced } = this.#record;
    const revision = this.#record.revision + 1;
    const record: InstanceRecord = {
      ...next,
      revision,
      changedAt: Date.now(),
      progress: next.progress === progress || next.progress === null ? next.progress : { ...next.progress, revision },
      replaced: next.replaced === replaced ? replaced : next.replaced.map((one) => ({ ...one, revision })),
    };
    await this.#context.store.writeRecord(record);
    this.#record = record;
    if (record.replaced !== replaced)
      for (const one of record.replaced.slice(0, 1)) this.#context.listener.progressed(one);
    if (record.progress !== progress && record.progress !== null) this.#context.listener.progressed(record.progress);
    this.#tellObserved();
  }

  #tellObserved(): void {
    this.#context.listener.observed(observe(this.#record, this.#context.crashPolicy));
  }
}
