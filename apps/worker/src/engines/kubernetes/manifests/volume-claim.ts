import type { DesiredInstance } from '@zarpa/contracts';
import type { PersistentVolumeClaim } from 'kubernetes-types/core/v1';
import { label, volumeClaimName } from '../names.ts';
import type { Abilities, BotSettings } from '../options.ts';
import { memoryQuantity } from './stateful-set.ts';

/** Pure: the claim of an instance's data. It has no owner: it outlives StatefulSet and pods, until the instance is purged. */
export function volumeClaimOf(input: {
  desired: DesiredInstance;
  shard: string;
  bots: BotSettings;
  abilities: Abilities;
}): PersistentVolumeClaim {
  const { desired, shard, bots, abilities } = input;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: volumeClaimName(desired.instanceId),
      namespace: shard,
      labels: { [label.part]: 'volume', [label.instance]: desired.instanceId },
    },
    spec: {
      accessModes: [abilities.readWriteOncePod ? 'ReadWriteOncePod' : 'ReadWriteOnce'],
      ...(bots.storageClass === null ? {} : { storageClassName: bots.storageClass }),
      resources: { requests: { storage: memoryQuantity(desired.limits.storageMb) } },
    },
  };
}
