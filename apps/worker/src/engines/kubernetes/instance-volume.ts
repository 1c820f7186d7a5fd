import type { PersistentVolumeClaim } from 'kubernetes-types/core/v1';
import { isRefused } from './client/kubernetes-error.ts';
import { persistentVolumeClaims } from './client/resource-kinds.ts';
import type { KubernetesContext } from './context.ts';
import { volumeClaimOf } from './manifests/volume-claim.ts';
import { volumeClaimName } from './names.ts';
import { parseQuantity } from './pods/quantity.ts';
import type { InstanceRecord } from './record/record.ts';

/** The claim of an instance's data, as large as its plan says. A volume never shrinks, and grows only where its storage class can. */
export async function applyVolume(context: KubernetesContext, { shard, desired }: InstanceRecord): Promise<void> {
  const { client, logger, bots, abilities } = context;
  const claim = volumeClaimOf({ desired, shard, bots, abilities });
  const ref = refOf({ shard, desired });
  const live = await client.get(persistentVolumeClaims, ref);
  if (live !== null && storageOf(live) >= storageOf(claim)) return;
  try {
    await client.apply(persistentVolumeClaims, claim);
  } catch (error) {
    if (live === null || !isRefused(error)) throw error;
    logger.warn(
      { err: error, claim: ref },
      'Could not grow a PersistentVolumeClaim: its StorageClass does not allow it',
    );
  }
}

export const hasVolume = async ({ client }: KubernetesContext, record: InstanceRecord): Promise<boolean> =>
  (await client.get(persistentVolumeClaims, refOf(record))) !== null;

const refOf = ({ shard, desired }: Pick<InstanceRecord, 'shard' | 'desired'>) => ({
  namespace: shard,
  name: volumeClaimName(desired.instanceId),
});

const storageOf = (claim: PersistentVolumeClaim): number =>
  parseQuantity(claim.spec?.resources?.requests?.storage) ?? 0;
