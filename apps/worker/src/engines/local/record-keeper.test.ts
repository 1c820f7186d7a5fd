import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservedInstance } from '@zarpa/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCrashPolicy } from '../instance/crash-policy.ts';
import { Layout } from './layout.ts';
import { RecordKeeper } from './record-keeper.ts';
import { StateStore } from './state-store.ts';
import { aDesired, aRecord } from './testing/builders.ts';

const record = aRecord(aDesired());
let directory: string;
let store: StateStore;
let told: ObservedInstance[];
let keeper: RecordKeeper;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-keeper-'));
  store = new StateStore(new Layout(directory));
  told = [];
  const listener = { observed: (observed: ObservedInstance) => told.push(observed), progressed: () => undefined };
  keeper = new RecordKeeper({ store, listener, crashPolicy: defaultCrashPolicy }, record);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const onDisk = () => store.readRecord(record.desired.instanceId);

describe('RecordKeeper', () => {
  it('brings changes of one moment to disk together, each made upon the one before', async () => {
    const changed = await Promise.all([
      keeper.commit(({ restarts }) => ({ restarts: restarts + 1 })),
      keeper.commit(() => null),
      keeper.commit(({ restarts }) => ({ restarts: restarts * 10 })),
    ]);
    expect(changed).toEqual([true, false, true]);
    expect(await onDisk()).toMatchObject({ restarts: 10, revision: record.revision + 1 });
    expect(told.map(({ revision }) => revision)).toEqual([record.revision + 1]);
  });

  it('has a change on disk before anybody hears of it', async () => {
    const first = keeper.commit(() => ({ restarts: 1 }));
    expect(told).toEqual([]);
    await first;
    const second = keeper.commit(() => ({ restarts: 2 }));
    expect(keeper.record.restarts).toBe(1);
    await second;
    expect(await onDisk()).toMatchObject({ restarts: 2, revision: record.revision + 2 });
  });

  it('lets a command come after the changes before it, and before those after it', async () => {
    const newer = { ...record.desired, generation: record.desired.generation + 1 };
    const seen: number[] = [];
    const note = ({ desired }: { desired: { generation: number } }) => {
      seen.push(desired.generation);
      return null;
    };
    await Promise.all([keeper.commit(note), keeper.take(newer), keeper.commit(note)]);
    expect(seen).toEqual([record.desired.generation, newer.generation]);
  });

  it('ends what is under way and changes nothing after it is closed', async () => {
    const before = keeper.commit(() => ({ restarts: 1 }));
    const closed = keeper.close();
    const after = keeper.commit(() => ({ restarts: 2 }));
    await closed;
    expect([await before, await after]).toEqual([true, false]);
    expect(await onDisk()).toMatchObject({ restarts: 1 });
  });
});
