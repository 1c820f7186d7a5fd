import { InstanceId, type MetricSample } from '@zarpa/contracts';
import type { KubernetesClient } from './client/kubernetes-client.ts';
import { label } from './names.ts';
import { botContainer } from './pods/pod-facts.ts';
import { parseQuantity } from './pods/quantity.ts';
import type { InstanceRecord } from './record/record.ts';

interface PodMetrics {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly timestamp: string;
  readonly containers: readonly {
    readonly name: string;
    readonly usage: { readonly cpu: string; readonly memory: string };
  }[];
}

/** What the cluster measured of each bot that runs, by its own clock; the newest measurement may be 15 s old. */
export async function readSamples(
  client: KubernetesClient,
  recordOf: (instanceId: InstanceId) => InstanceRecord | null,
): Promise<Map<InstanceId, MetricSample>> {
  const answer = await client.getRaw('/apis/metrics.k8s.io/v1beta1/pods', { labelSelector: `${label.part}=bot` });
  const { items } = answer as { items: readonly PodMetrics[] };
  const now = Date.now();
  const samples = items.flatMap((pod) => {
    const instanceId = InstanceId.safeParse(pod.metadata.labels?.[label.instance]);
    const record = instanceId.success ? recordOf(instanceId.data) : null;
    const sample = record === null ? null : sampleOf(pod, record, now);
    return sample === null || !instanceId.success ? [] : [[instanceId.data, sample] as const];
  });
  return new Map(samples);
}

/** Null where the measurement is of a container before the present one. */
function sampleOf(
  { containers, timestamp }: PodMetrics,
  { run, restarts, desired }: InstanceRecord,
  now: number,
): MetricSample | null {
  const usage = containers.find(({ name }) => name === botContainer)?.usage;
  if (usage === undefined || run?.startedAt == null || Date.parse(timestamp) < run.startedAt) return null;
  return {
    at: now,
    cpuMillis: Math.ceil((parseQuantity(usage.cpu) ?? 0) * 1_000),
    memoryBytes: Math.round(parseQuantity(usage.memory) ?? 0),
    memoryLimitBytes: (run.memoryMb ?? desired.limits.memoryMb) * 2 ** 20,
    restarts,
    uptimeMs: Math.max(0, now - run.startedAt),
  };
}
