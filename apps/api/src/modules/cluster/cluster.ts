import type { ClusterAbility, ClusterCapacity, ClusterId, SealedBox } from '@zarpa/contracts';

export type ClusterEngine = 'local' | 'kubernetes';

/** `accepting` new instances · `draining` none, and those that are there move away · `closed` none. */
export type ClusterState = 'accepting' | 'draining' | 'closed';

export interface ClusterReport {
  readonly engineVersion: string | null;
  readonly abilities: readonly ClusterAbility[];
  readonly capacity: ClusterCapacity | null;
}

export interface ClusterRow {
  readonly clusterId: ClusterId;
  readonly name: string;
  readonly engine: ClusterEngine;
  readonly sealedKubeconfig: SealedBox | null;
  readonly state: ClusterState;
  readonly report: ClusterReport | null;
  readonly reportedAt: Date | null;
  readonly createdAt: Date;
}

/** A cluster as a place for one more instance. */
export interface Candidate {
  readonly clusterId: ClusterId;
  readonly engine: ClusterEngine;
  readonly capacity: ClusterCapacity | null;
  readonly reportedAt: Date | null;
  /** Of instances that were placed there and may have no pod yet. */
  readonly takenMemoryMb: number;
  readonly takenPods: number;
}

/** A cluster that has been silent for longer gets no new instance. */
export const reportLifetimeMs = 120_000;

/**
 * The cluster for an instance that needs `memoryMb`: the one with the most free memory that has room. CPU is not counted: bots
 * mostly wait, and share it. The embedded engine tells no capacity and takes everything, after those that tell theirs.
 */
export function choosePlace(candidates: readonly Candidate[], memoryMb: number, now: number): ClusterId | null {
  const rooms = candidates.map((candidate) => ({ candidate, freeMb: freeMemoryMb(candidate, now) }));
  const [best] = rooms
    .filter(({ freeMb }) => freeMb === 'untold' || freeMb >= memoryMb)
    .toSorted((a, b) => rank(b.freeMb) - rank(a.freeMb) || (a.candidate.clusterId < b.candidate.clusterId ? -1 : 1));
  return best?.candidate.clusterId ?? null;
}

function freeMemoryMb({ engine, capacity, reportedAt, ...taken }: Candidate, now: number): number | 'untold' {
  const isFresh = reportedAt !== null && reportedAt.getTime() >= now - reportLifetimeMs;
  if (!isFresh || capacity === null) return engine === 'local' ? 'untold' : 0;
  if (capacity.pods.free - taken.takenPods < 1) return 0;
  return capacity.memoryMb.free - taken.takenMemoryMb;
}

const rank = (freeMb: number | 'untold'): number => (freeMb === 'untold' ? -1 : freeMb);
