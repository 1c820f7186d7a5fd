import type { DeploymentProgress, DesiredInstance, ObservedInstance, ObservedState, Reason } from '@zarpa/contracts';
import type { CrashPolicy } from './crash-policy.ts';

interface Gone {
  readonly desired: DesiredInstance;
  readonly revision: number;
  readonly purgedAt: number;
}

/** Pure: what is told of an instance that is gone for good. */
export function observeTombstone({ desired, revision, purgedAt }: Gone): ObservedInstance {
  return {
    instanceId: desired.instanceId,
    clusterId: desired.clusterId,
    generation: desired.generation,
    settled: true,
    revision,
    state: 'purged',
    reason: null,
    deploymentId: null,
    exitCode: null,
    restarts: 0,
    startedAt: null,
    nextStartAt: null,
    memoryLimitMb: null,
    observedAt: purgedAt,
  };
}

interface Told {
  readonly desired: Pick<DesiredInstance, 'data'>;
  readonly progress: DeploymentProgress | null;
  readonly lastExit: { readonly reason: Reason } | null;
}

/** Pure: why an instance is in a state, where its owner should be told. */
export function reasonOf(
  { desired, progress, lastExit }: Told,
  state: ObservedState,
  policy: CrashPolicy,
): Reason | null {
  switch (state) {
    case 'paused':
      return { code: desired.data === undefined ? 'paused_by_owner' : 'moving', params: {} };
    case 'deleted':
      return { code: 'deleted_by_owner', params: {} };
    case 'failed':
      return progress?.reason ?? null;
    case 'backoff':
      return lastExit?.reason ?? null;
    case 'stopped': {
      const minutes = String(Math.round(policy.windowMs / 60_000));
      const last = lastExit?.reason;
      return {
        code: 'crash_loop',
        params: { ...last?.params, count: String(policy.maxCrashes), minutes, last: last?.code ?? '' },
      };
    }
    default:
      return null;
  }
}
