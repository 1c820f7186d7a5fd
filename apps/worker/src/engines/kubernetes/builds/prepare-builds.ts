import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { isAlreadyExists } from '../client/kubernetes-error.ts';
import {
  configMaps,
  limitRanges,
  namespaces,
  networkPolicies,
  resourceQuotas,
  secrets,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
} from '../client/resource-kinds.ts';
import { label, namespacesOf } from '../names.ts';
import { admissionBindingOf, admissionPolicyOf } from './admission-policy.ts';
import { buildProgramOf, programPart } from './build-program.ts';
import type { BuildSettings } from './build-settings.ts';
import {
  buildsLimitRangeOf,
  buildsNamespaceOf,
  buildsNetworkPolicyOf,
  buildsQuotaOf,
  registrySecretOf,
} from './builds-namespace.ts';

/** A build that began with an older program has long ended. */
const programKeptMs = 24 * 3_600_000;

/** Brings the builds' namespace to what the settings say, its guards first. */
export async function prepareBuilds(options: {
  client: KubernetesClient;
  settings: BuildSettings;
  sourceProgram: string;
}): Promise<void> {
  const { client, settings, sourceProgram } = options;
  const namespace = namespacesOf(settings.namespacePrefix).builds;
  await client.apply(validatingAdmissionPolicies, admissionPolicyOf(settings));
  await client.apply(validatingAdmissionPolicyBindings, admissionBindingOf(settings, namespace));
  await client.apply(namespaces, buildsNamespaceOf(namespace));
  await client.apply(networkPolicies, buildsNetworkPolicyOf(namespace, settings));
  await client.apply(resourceQuotas, buildsQuotaOf(namespace, settings));
  await client.apply(limitRanges, buildsLimitRangeOf(namespace, settings));
  await client.apply(secrets, registrySecretOf(namespace, settings));
  const program = buildProgramOf(namespace, settings, sourceProgram);
  await client.create(configMaps, program).catch((error: unknown) => {
    if (!isAlreadyExists(error)) throw error;
  });
  await removeOldPrograms(client, namespace, program.metadata?.name ?? '');
}

async function removeOldPrograms(client: KubernetesClient, namespace: string, current: string): Promise<void> {
  const { items } = await client.list(configMaps, { namespace, labelSelector: `${label.part}=${programPart}` });
  for (const { metadata } of items) {
    const { name = current, creationTimestamp } = metadata ?? {};
    const isOld = Date.now() - Date.parse(creationTimestamp ?? '') > programKeptMs;
    if (name !== current && isOld) await client.delete(configMaps, { namespace, name });
  }
}
