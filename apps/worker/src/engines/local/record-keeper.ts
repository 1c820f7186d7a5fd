import type { DesiredInstance } from '@zarpa/contracts';
import pLimit from 'p-limit';
import { accept } from './accept.ts';
import type { LocalContext } from './context.ts';
import { observe, observeTombstone } from './observe.ts';
import type { InstanceRecord } from './record.ts';

/** Keeps one instance's record: one change at a time, on disk before anybody hears of it, each with a higher revision. */
export class RecordKeeper {
  readonly #context: LocalContext;
  readonly #exclusively = pLimit(1);
  #record: InstanceRecord;
  #purged = false;

  constructor(context: LocalContext, record: InstanceRecord) {
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
  commit(change: (record: InstanceRecord) => Partial<InstanceRecord> | null): Promise<boolean> {
    return this.#exclusively(async () => {
      const changed = this.#purged ? null : change(this.#record);
      if (changed === null) return false;
      await this.#replace({ ...this.#record, ...changed });
      return true;
    });
  }

  /** Takes up a command. Null: the instance has just been purged, ask its tombstone. */
  take(desired: DesiredInstance): Promise<'taken' | 'repeated' | 'dropped' | null> {
    return this.#exclusively(async () => {
      if (this.#purged) return null;
      const { record } = this;
      const accepted = accept({ desired, record, tombstone: null, newLog: record.log, now: Date.now() });
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
    return this.#exclusively(async () => {
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
