import { readFile } from 'node:fs/promises';
import type { Job } from 'kubernetes-types/batch/v1';
import { isAlreadyExists, isConflict, isInvalid, isNotFound } from '../client/kubernetes-error.ts';
import { configMaps, jobs, networkPolicies, pods, secrets } from '../client/resource-kinds.ts';
import type { KubernetesContext } from '../context.ts';
import { applyVolume, hasVolume } from '../instance-volume.ts';
import { label, transferName } from '../names.ts';
import type { Facts } from '../plan.ts';
import type { InstanceRecord } from '../record/record.ts';
import type { RecordKeeper } from '../record/record-keeper.ts';
import { isSameTransfer, openTransfer, recordedTransfer, triedInVain } from './asked-transfer.ts';
import { isTransferDue, type TransferAction } from './plan-transfer.ts';
import { readTransfer } from './read-transfer.ts';
import { transferDestinations } from './transfer-destinations.ts';
import { transferBelongingsOf, transferJobOf } from './transfer-job.ts';

type Action<Kind extends TransferAction['kind']> = Extract<TransferAction, { kind: Kind }>;

const lookAgainMs = 2_000;

/** The program `transfer`, as the worker's build bundles it. */
const readTransferProgram = (): Promise<string> =>
  readFile(new URL('../../../../dist/builder/transfer.mjs', import.meta.url), 'utf8');

/** Carries the data of one instance that moves. Every method may be repeated. */
export class InstanceTransfer {
  readonly #context: KubernetesContext;
  readonly #keeper: RecordKeeper;

  constructor(options: { context: KubernetesContext; keeper: RecordKeeper }) {
    this.#context = options.context;
    this.#keeper = options.keeper;
  }

  facts(record: InstanceRecord): Pick<Facts, 'transfer' | 'transferDue' | 'volumeFree'> {
    const { caches } = this.#context;
    const { shard, desired } = record;
    const hasNoPod = caches.pod(shard, desired.instanceId) === null && caches.strays(desired.instanceId).length === 0;
    return {
      transfer: readTransfer(this.#job(record), caches.transferPodsOf(desired.instanceId)),
      transferDue: isTransferDue(record, Date.now()),
      volumeFree: hasNoPod,
    };
  }

  /** `now`: look at once. A number: look after so many milliseconds, unless something is heard before. */
  async apply(record: InstanceRecord, action: TransferAction): Promise<'now' | number> {
    switch (action.kind) {
      case 'prepare-transfer':
        await this.#prepare(record);
        return lookAgainMs;
      case 'start-transfer':
        await this.#start(record, action.uid);
        return lookAgainMs;
      case 'settle-transfer':
        await this.#settle(record, action);
        return 'now';
      case 'remove-transfer':
        await this.#remove(record, action.uid);
        return lookAgainMs;
      case 'fail-transfer':
        return (await this.#fail(record, action)) ? 'now' : lookAgainMs;
    }
  }

  /** Makes the Job, suspended. */
  async #prepare(record: InstanceRecord): Promise<void> {
    const { client, transfers: settings, bots, abilities, shards, logger } = this.#context;
    const asked = openTransfer(record);
    if (asked === null) return;
    await shards.ensure(record.shard);
    if (asked.direction === 'import') await applyVolume(this.#context, record);
    const hasClaim = asked.direction === 'import' || (await hasVolume(this.#context, record));
    const job = transferJobOf({ record, asked, settings, bots, abilities, hasVolume: hasClaim });
    try {
      await client.create(jobs, job);
      const { moveId, direction } = asked;
      logger.info({ instanceId: record.desired.instanceId, moveId, direction }, 'Created Job of a transfer');
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  /**
   * Names the Job in the record, which only succeeds while it is asked for, and lets it go. Whoever wants the bot to run has to change the
   * record first: from there on no other Job can be named, and the one that was named must be gone before the bot starts.
   */
  async #start(record: InstanceRecord, jobUid: string): Promise<void> {
    const asked = openTransfer(record);
    const resourceVersion = this.#job(record)?.metadata?.resourceVersion;
    if (asked === null || resourceVersion === undefined) return;
    await this.#give(record, jobUid);
    await this.#keeper.commit((kept) => {
      if (!isSameTransfer(openTransfer(kept), asked) || kept.transfer?.jobUid === jobUid) return null;
      return { transfer: { ...recordedTransfer(kept, asked), jobUid } };
    });
    const named = this.#keeper.record;
    const isNamed = named !== null && isSameTransfer(openTransfer(named), asked) && named.transfer?.jobUid === jobUid;
    if (!isNamed || !(await this.#isAlone(record))) return;
    const ref = { namespace: record.shard, name: transferName(record.desired.instanceId) };
    const body = [
      { op: 'test', path: '/metadata/uid', value: jobUid },
      { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
      { op: 'replace', path: '/spec/suspend', value: false },
    ];
    await unlessChanged(this.#context.client.patch(jobs, ref, { type: 'json', body }));
  }

  /** What the Job's pod needs to be there before it: its address, its program, its way out. */
  async #give(record: InstanceRecord, jobUid: string): Promise<void> {
    const { client, transfers: settings } = this.#context;
    const asked = openTransfer(record);
    if (asked === null) return;
    const [program, found] = await Promise.all([readTransferProgram(), transferDestinations(asked.url)]);
    const destinations = [...found, ...settings.egress];
    const belongings = transferBelongingsOf({ record, asked, jobUid, program, settings, destinations });
    await Promise.all([
      client.apply(secrets, belongings.secret),
      client.apply(configMaps, belongings.program),
      client.apply(networkPolicies, belongings.policy),
    ]);
  }

  /** The API server itself says so: a cache may be late. */
  async #isAlone({ desired, shard }: InstanceRecord): Promise<boolean> {
    const labelSelector = `${label.part}=bot,${label.instance}=${desired.instanceId}`;
    const { items } = await this.#context.client.list(pods, { namespace: shard, labelSelector });
    return items.length === 0;
  }

  async #settle(record: InstanceRecord, { uid, outcome }: Action<'settle-transfer'>): Promise<void> {
    const { logger } = this.#context;
    await this.#keeper.commit(({ transfer }) => {
      if (transfer?.jobUid !== uid || transfer.status !== 'running') return null;
      if (outcome.outcome === 'again') return { transfer: triedInVain(transfer, outcome.detail, Date.now()) };
      const detail = outcome.outcome === 'failed' ? outcome.detail : null;
      return { transfer: { ...transfer, status: outcome.outcome, detail, retryAt: null } };
    });
    if (outcome.outcome === 'done') return;
    const { instanceId } = record.desired;
    logger.warn({ instanceId, transfer: this.#keeper.record?.transfer }, 'Failed to carry the data of a move');
  }

  /** In the foreground: the Job is gone only after its pod. */
  async #remove({ desired, shard }: InstanceRecord, uid: string): Promise<void> {
    const ref = { namespace: shard, name: transferName(desired.instanceId) };
    await unlessChanged(this.#context.client.delete(jobs, ref, { uid, propagation: 'Foreground' }));
  }

  /** False where its Job is still there. */
  async #fail(record: InstanceRecord, { transfer, detail }: Action<'fail-transfer'>): Promise<boolean> {
    const ref = { namespace: record.shard, name: transferName(record.desired.instanceId) };
    const job = await this.#context.client.get(jobs, ref);
    if (job?.metadata?.uid !== undefined) {
      await this.#remove(record, job.metadata.uid);
      return false;
    }
    await this.#keeper.commit((kept) => {
      const isWanted = isSameTransfer(openTransfer(kept), transfer);
      const isLeft = isSameTransfer(kept.transfer, transfer) && kept.transfer?.status === 'running' && !isWanted;
      if (detail === 'cancelled' ? !isLeft : !isWanted) return null;
      return {
        transfer: { ...recordedTransfer(kept, transfer), status: 'failed', detail, jobUid: null, retryAt: null },
      };
    });
    return true;
  }

  #job({ shard, desired }: InstanceRecord): Job | null {
    return this.#context.caches.transferJob(shard, desired.instanceId);
  }
}

/** Somebody else was first: look again. */
async function unlessChanged(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isConflict(error) && !isNotFound(error) && !isInvalid(error)) throw error;
  }
}
