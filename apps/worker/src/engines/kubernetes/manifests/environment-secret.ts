import type { DesiredInstance } from '@zarpa/contracts';
import type { Secret as KubernetesSecret } from 'kubernetes-types/core/v1';
import type { Version } from '../../instance/kept.ts';
import { environmentName, label } from '../names.ts';

/** A deployment's variables, opened. A deployment never changes, so neither does this. */
export function environmentSecretOf(input: {
  desired: DesiredInstance;
  version: Version;
  shard: string;
  variables: Readonly<Record<string, string>>;
}): KubernetesSecret {
  const { desired, version, shard, variables } = input;
  const encoded = Object.entries(variables).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: environmentName(version.deploymentId),
      namespace: shard,
      labels: {
        [label.part]: 'environment',
        [label.instance]: desired.instanceId,
        [label.deployment]: version.deploymentId,
      },
    },
    type: 'Opaque',
    immutable: true,
    data: Object.fromEntries(encoded),
  };
}
