import type { KubernetesObject, ObjectRef, ResourceKind } from './resource-kinds.ts';

/** Without a namespace: the kind in all namespaces. */
export function collectionPath<T extends KubernetesObject>(kind: ResourceKind<T>, namespace?: string): string {
  const root = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`;
  const scope = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${kind.plural}`;
}

export function objectPath<T extends KubernetesObject>(
  kind: ResourceKind<T>,
  { namespace, name }: ObjectRef,
  subresource?: string,
): string {
  if (kind.namespaced && namespace === undefined) throw new TypeError(`${kind.kind} ${name} needs a namespace`);
  const object = `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
  return subresource === undefined ? object : `${object}/${subresource}`;
}
