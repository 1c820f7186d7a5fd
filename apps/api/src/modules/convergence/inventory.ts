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

export interface Differences {
  /** Run by the cluster, known to nobody. */
  readonly unknown: readonly ObservedInstance[];
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

export function compareInventory(expected: readonly ExpectedInstance[], inventory: ClusterInventory): Differences {
  const known = new Map(expected.map((each) => [each.instanceId, each]));
  const present = new Set(inventory.instances.map(({ observed }) => observed.instanceId));
  const rows = inventory.instances.map((item) => ({ ...item, row: known.get(item.observed.instanceId) }));
  const absent = expected.filter(
    ({ instanceId, lastSentAt }) => !present.has(instanceId) && lastSentAt.getTime() < inventory.takenAt - travelTimeMs,
  );
  return {
    unknown: rows.flatMap(({ observed, row }) => (row || observed.state === 'purged' ? [] : [observed])),
    news: rows.flatMap(({ observed, row }) => (row && isNews(observed, row) ? [observed] : [])),
    progress: rows.flatMap(({ progress, row }) => (row && progress ? [progress] : [])),
    missing: absent.filter((row) => row.desiredState !== 'purged').map(({ instanceId }) => instanceId),
    gone: absent.filter((row) => row.desiredState === 'purged'),
  };
}

/** One that is still there as purged is looked at until its row is gone. */
const isNews = (observed: ObservedInstance, row: ExpectedInstance): boolean =>
  observed.revision > row.observedRevision || observed.state === 'purged';
