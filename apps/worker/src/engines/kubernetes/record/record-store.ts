import type { InstanceId } from '@zarpa/contracts';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { isAlreadyExists, isConflict } from '../client/kubernetes-error.ts';
import { configMaps } from '../client/resource-kinds.ts';
import { annotation, instanceName, label } from '../names.ts';
import { InstanceRecord, Tombstone } from './record.ts';

/** What is kept of an instance, as of one version of its ConfigMap. */
export type Stored = { readonly resourceVersion: string } & (
  | { readonly kind: 'record'; readonly record: InstanceRecord }
  | { readonly kind: 'tombstone'; readonly tombstone: Tombstone }
);

export type Content =
  | { readonly kind: 'record'; readonly record: InstanceRecord }
  | { readonly kind: 'tombstone'; readonly tombstone: Tombstone };

export const recordSelector = `${label.part}=record`;

/** Records, one ConfigMap each. Every write names the version that it was made from: of two writers one finds a conflict. */
export class RecordStore {
  readonly #client: KubernetesClient;
  readonly #namespace: string;

  constructor(client: KubernetesClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  async read(instanceId: InstanceId): Promise<Stored | null> {
    const found = await this.#client.get(configMaps, { namespace: this.#namespace, name: instanceName(instanceId) });
    return found === null ? null : parseStored(found);
  }

  /** Writes what follows `before` (null: nothing was kept). Null where somebody else wrote meanwhile. */
  async write(content: Content, before: Stored | null): Promise<Stored | null> {
    const object = this.#configMapOf(content, before?.resourceVersion);
    try {
      const written =
        before === null
          ? await this.#client.create(configMaps, object)
          : await this.#client.replace(configMaps, object);
      return { ...content, resourceVersion: written.metadata?.resourceVersion ?? '' };
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error)) return null;
      throw error;
    }
  }

  /** Forgets a tombstone. */
  async remove(instanceId: InstanceId): Promise<void> {
    await this.#client.delete(configMaps, { namespace: this.#namespace, name: instanceName(instanceId) });
  }

  #configMapOf(content: Content, resourceVersion: string | undefined): ConfigMap {
    const { desired } = content.kind === 'record' ? content.record : content.tombstone;
    const { revision } = content.kind === 'record' ? content.record : content.tombstone;
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: instanceName(desired.instanceId),
        namespace: this.#namespace,
        labels: { [label.part]: 'record', [label.instance]: desired.instanceId },
        annotations: {
          [annotation.generation]: String(desired.generation),
          [annotation.revision]: String(revision),
        },
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      },
      data:
        content.kind === 'record'
          ? { record: JSON.stringify(content.record) }
          : { tombstone: JSON.stringify(content.tombstone) },
    };
  }
}

/** @throws where it is no record of ours. */
export function parseStored({ metadata, data }: ConfigMap): Stored {
  const resourceVersion = metadata?.resourceVersion ?? '';
  const { record, tombstone } = data ?? {};
  if (record !== undefined)
    return { kind: 'record', record: InstanceRecord.parse(JSON.parse(record)), resourceVersion };
  if (tombstone !== undefined) {
    return { kind: 'tombstone', tombstone: Tombstone.parse(JSON.parse(tombstone)), resourceVersion };
  }
  throw new Error(`ConfigMap ${metadata?.name} holds no record`);
}

export const revisionOf = (stored: Content): number =>
  stored.kind === 'record' ? stored.record.revision : stored.tombstone.revision;
