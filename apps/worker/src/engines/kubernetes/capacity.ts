import type { ClusterCapacity } from '@zarpa/contracts';
import type { Node, Pod } from 'kubernetes-types/core/v1';
import type { KubernetesClient } from './client/kubernetes-client.ts';
import { nodes, pods } from './client/resource-kinds.ts';
import { logKeeperContainer } from './manifests/log-keeper.ts';
import { label } from './names.ts';
import { parseQuantity } from './pods/quantity.ts';

const pageSize = 500;

interface Amounts {
  memoryMb: number;
  cpuMillis: number;
  pods: number;
}

/** What the nodes that take pods have, and how much of it no pod has been promised. `bots` are known already; only other pods are asked for. */
export async function readCapacity(client: KubernetesClient, bots: readonly Pod[]): Promise<ClusterCapacity> {
  const usable = (await client.list(nodes)).items.filter(takesPods);
  const total = sum(usable.map(allocatableOf));
  const names = new Set(usable.map(({ metadata }) => metadata?.name ?? ''));
  const asked = sum([askedBy(names, bots.filter(takesRoom)), await askedByOthers(client, names)]);
  const amount = (of: keyof Amounts) => ({
    total: Math.floor(total[of]),
    free: Math.max(0, Math.floor(total[of] - asked[of])),
  });
  return { memoryMb: amount('memoryMb'), cpuMillis: amount('cpuMillis'), pods: amount('pods') };
}

async function askedByOthers(client: KubernetesClient, names: ReadonlySet<string>): Promise<Amounts> {
  let asked: Amounts = { memoryMb: 0, cpuMillis: 0, pods: 0 };
  let next: string | null = null;
  do {
    const page: { items: Pod[]; continue: string | null } = await client.list(pods, {
      limit: pageSize,
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
      labelSelector: `${label.part}!=bot`,
      ...(next === null ? {} : { continue: next }),
    });
    asked = sum([asked, askedBy(names, page.items)]);
    next = page.continue;
  } while (next !== null);
  return asked;
}

const takesRoom = ({ status }: Pod): boolean => status?.phase !== 'Succeeded' && status?.phase !== 'Failed';

/** Those on the named nodes. */
const askedBy = (names: ReadonlySet<string>, all: readonly Pod[]): Amounts =>
  sum(all.filter(({ spec }) => names.has(spec?.nodeName ?? '')).map(promisedTo));

function takesPods({ spec, status }: Node): boolean {
  const isReady = status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  const repels = spec?.taints?.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute') ?? false;
  return isReady && !repels && spec?.unschedulable !== true;
}

const allocatableOf = ({ status }: Node): Amounts => ({
  memoryMb: (parseQuantity(status?.allocatable?.memory) ?? 0) / 2 ** 20,
  cpuMillis: (parseQuantity(status?.allocatable?.cpu) ?? 0) * 1_000,
  pods: parseQuantity(status?.allocatable?.pods) ?? 0,
});

/** Memory by its limit where there is one: a bot may take all of it, though it asks for less. A log keeper never does. */
function promisedTo({ spec }: Pod): Amounts {
  const containers = spec?.containers ?? [];
  const memory = containers.map(({ name, resources }) => {
    const limit = name === logKeeperContainer ? undefined : resources?.limits?.memory;
    return parseQuantity(limit ?? resources?.requests?.memory) ?? 0;
  });
  const cpu = containers.map(({ resources }) => parseQuantity(resources?.requests?.cpu) ?? 0);
  const added = (all: readonly number[]) => all.reduce((left, right) => left + right, 0);
  return { memoryMb: added(memory) / 2 ** 20, cpuMillis: added(cpu) * 1_000, pods: 1 };
}

const sum = (all: readonly Amounts[]): Amounts =>
  all.reduce(
    (left, right) => ({
      memoryMb: left.memoryMb + right.memoryMb,
      cpuMillis: left.cpuMillis + right.cpuMillis,
      pods: left.pods + right.pods,
    }),
    { memoryMb: 0, cpuMillis: 0, pods: 0 },
  );
