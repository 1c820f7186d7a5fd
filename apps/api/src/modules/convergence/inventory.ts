import type {
  ClusterInventory,
  DeploymentProgress,
  DesiredState,
  InstanceId,
  ObservedInstance,
} from '@zarpa/contracts';

/** What the database has of an instance of the cluster. */
export interface ExpectedInstance {
  readonly instanceId: InstanceId;
  readonly generation: number;
  readonly desiredState: DesiredState;
  readonly observedGeneration: number;
  readonly observedRevision: number;
  readonly lastSentAt: Date;
}

/** What the database has of a cluster. */
export interface Known {
  readonly expected: readonly ExpectedInstance[];
  /** On their way from or to it, or left behind in it: their move looks after them. */
  readonly moving: ReadonlySet<InstanceId>;
}

export interface Differences {
  /** Known to nobody: perhaps because the database is not the one that they were made with. Stopped, with their data kept. */
  readonly strays: readonly ObservedInstance[];
  /** Known to nobody and deleted for longer than they could be restored. */
  readonly expired: readonly ObservedInstance[];
  /** Reports that were lost. */
  readonly news: readonly ObservedInstance[];
  readonly progress: readonly DeploymentProgress[];
  /** Should be there and are not. */
  readonly missing: readonly InstanceId[];
  /** Should be gone and are. */
  readonly gone: readonly ExpectedInstance[];
}

/** A command that was sent so shortly before cannot be in the inventory yet. */
export const travelTimeMs = 15_000;

/** `observedAt` of an instance and `takenAt` are of one clock, the worker's. */
export function compareInventory(
  { expected, moving }: Known,
  inventory: ClusterInventory,
  restoreWindowMs: number,
): Differences {
  const known = new Map(expected.map((each) => [each.instanceId, each]));
  const present = new Set(inventory.instances.map(({ observed }) => observed.instanceId));
  const rows = inventory.instances.map((item) => ({ ...item, row: known.get(item.observed.instanceId) }));
  const absent = expected.filter(
    ({ instanceId, lastSentAt }) => !present.has(instanceId) && lastSentAt.getTime() < inventory.takenAt - travelTimeMs,
  );
  const unknown = rows.flatMap(({ observed, row }) => (row || moving.has(observed.instanceId) ? [] : [observed]));
  return {
    strays: unknown.filter(({ state }) => state !== 'deleted' && state !== 'purged'),
    expired: unknown.filter(
      ({ state, settled, observedAt }) =>
        state === 'deleted' && settled && observedAt < inventory.takenAt - restoreWindowMs,
    ),
    news: rows.flatMap(({ observed, row }) => (row && isNews(observed, row) ? [observed] : [])),
    progress: rows.flatMap(({ progress, row }) => (row && progress ? [progress] : [])),
    missing: absent.filter((row) => row.desiredState !== 'purged').map(({ instanceId }) => instanceId),
    gone: absent.filter((row) => row.desiredState === 'purged'),
  };
}

/** One that is still there as purged is looked at until its row is gone. */
const isNews = (observed: ObservedInstance, row: ExpectedInstance): boolean =>
  observed.revision > row.observedRevision || observed.state === 'purged';
