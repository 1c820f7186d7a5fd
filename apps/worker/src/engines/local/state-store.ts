import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandLifetimeMs, InstanceId } from '@zarpa/contracts';
import { hasCode, isMissing } from '../../error-code.ts';
import { readFileIfAny, writeFileAtomically } from './atomic-file.ts';
import type { Layout } from './layout.ts';
import { InstanceRecord, Tombstone } from './record.ts';

/** A tombstone may go when no command of its instance can still be under way. */
const tombstoneLifetimeMs = 24 * commandLifetimeMs;

/** What the engine knows, on disk. One owner at a time. */
export class StateStore {
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Makes the folders, finishes purges that were interrupted, and forgets old tombstones. */
  async prepare(now: number): Promise<void> {
    const { instances, tombstones, trash, cache } = this.#layout;
    for (const folder of [instances, tombstones, trash, cache]) await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(trash)) await rm(join(trash, name), { recursive: true, force: true });
    for (const name of await readdir(tombstones)) {
      const tombstone = await this.readTombstone(InstanceId.parse(name.replace(/\.json(\.new)?$/, '')));
      if (tombstone === null) continue;
      const { instanceId } = tombstone.desired;
      const record = await this.readRecord(instanceId);
      if (record === null || record.desired.generation <= tombstone.desired.generation) await this.#discard(instanceId);
      if (tombstone.purgedAt < now - tombstoneLifetimeMs) await rm(this.#layout.tombstone(instanceId), { force: true });
    }
  }

  /** Every instance that is kept. A folder without a record (its making was interrupted) is none. */
  async readRecords(): Promise<InstanceRecord[]> {
    const names = await readdir(this.#layout.instances);
    const ids = names.map((name) => InstanceId.safeParse(name)).flatMap((id) => (id.success ? [id.data] : []));
    const records = await Promise.all(ids.map((id) => this.readRecord(id)));
    return records.filter((record) => record !== null);
  }

  async readRecord(instanceId: InstanceId): Promise<InstanceRecord | null> {
    const text = await readFileIfAny(this.#layout.instance(instanceId).state);
    return text === null ? null : InstanceRecord.parse(JSON.parse(text));
  }

  async writeRecord(record: InstanceRecord): Promise<void> {
    const path = this.#layout.instance(record.desired.instanceId).state;
    const text = JSON.stringify(record);
    try {
      await writeFileAtomically(path, text);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#makeFolders(record.desired.instanceId);
      await writeFileAtomically(path, text);
    }
  }

  async readTombstone(instanceId: InstanceId): Promise<Tombstone | null> {
    const text = await readFileIfAny(this.#layout.tombstone(instanceId));
    return text === null ? null : Tombstone.parse(JSON.parse(text));
  }

  /** Leaves the tombstone, then removes everything else. Interrupted between the two, `prepare` does the rest. */
  async bury(tombstone: Tombstone): Promise<void> {
    const { instanceId } = tombstone.desired;
    await writeFileAtomically(this.#layout.tombstone(instanceId), JSON.stringify(tombstone));
    await this.#discard(instanceId);
  }

  async #makeFolders(instanceId: InstanceId): Promise<void> {
    const { data, releases, builds, runs, runLog } = this.#layout.instance(instanceId);
    const folders = [data, releases, builds, runs, dirname(runLog)];
    await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  }

  async #discard(instanceId: InstanceId): Promise<void> {
    const discarded = join(this.#layout.trash, `${instanceId}-${randomBytes(6).toString('hex')}`);
    try {
      await rename(this.#layout.instance(instanceId).root, discarded);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return;
      throw error;
    }
    await rm(discarded, { recursive: true, force: true });
  }
}
