import type { KubernetesObject } from '@kubernetes/client-node';

const written = new Set(['name', 'namespace', 'labels']);
const ownAnnotation = 'zarpa.dev/';

/** Labels by which the engine and the cluster's controllers would take a copy for theirs. */
const foreignLabels = /^(batch\.kubernetes\.io\/.*|controller-uid|job-name)$/;

/**
 * A manifest as somebody would write it, made from an object that is there: without what the cluster added, with other names, and marked as the
 * bench's own, so that the engine does not take it for its.
 */
export function manifestOf<T extends KubernetesObject>(object: T, renamed: ReadonlyMap<string, string>): T {
  let text = JSON.stringify({ ...object, status: undefined, metadata: metadataOf(object) });
  for (const [from, to] of renamed) text = text.replaceAll(from, to);
  const copy = JSON.parse(text, (key, value) => (key === 'zarpa.dev/part' ? 'bench' : value)) as T;
  const { spec } = copy as { spec?: Record<string, unknown> };
  if (spec !== undefined) cleanSpec(spec);
  return copy;
}

function metadataOf({ metadata = {} }: KubernetesObject): object {
  const kept = Object.entries(metadata).filter(([name]) => written.has(name));
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([name]) => name.startsWith(ownAnnotation));
  return { ...Object.fromEntries(kept), annotations: Object.fromEntries(annotations) };
}

interface Template {
  metadata?: { labels?: Record<string, string>; finalizers?: string[]; creationTimestamp?: unknown };
  spec?: { containers?: { name?: string; command?: string[] }[] };
}

function cleanSpec(spec: Record<string, unknown>): void {
  delete spec.volumeName;
  const template = spec.template as Template | undefined;
  // Nobody would tell it that the bot's log is read: it ends with the pod.
  for (const container of template?.spec?.containers ?? [])
    if (container.name === 'log-keeper') container.command = ['sh', '-c', 'trap exit TERM; sleep 3600 & wait'];
  // Nobody would take the finalizer of the engine off the pods of the bench.
  delete template?.metadata?.finalizers;
  delete template?.metadata?.creationTimestamp;
  if (template === undefined || !('backoffLimit' in spec)) return;
  delete spec.selector;
  const labels = template.metadata?.labels ?? {};
  for (const name of Object.keys(labels)) if (foreignLabels.test(name)) delete labels[name];
}
