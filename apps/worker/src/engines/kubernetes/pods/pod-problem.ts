import type { Reason } from '@zarpa/contracts';
import type { ContainerStatus, Pod } from 'kubernetes-types/core/v1';
import { logKeeperContainer } from '../manifests/log-keeper.ts';

const waitingCodes: Readonly<Record<string, Reason['code']>> = {
  ErrImagePull: 'image_pull_failed',
  ImagePullBackOff: 'image_pull_failed',
  ErrImageNeverPull: 'image_pull_failed',
  InvalidImageName: 'image_pull_failed',
  CreateContainerConfigError: 'container_config_error',
  CreateContainerError: 'container_config_error',
  RunContainerError: 'start_failed',
  StartError: 'start_failed',
};

/** Pure: why a pod does not start, in a reason's code; null where nothing is wrong (yet). */
export function podProblem({ status, metadata }: Pod, container: ContainerStatus | undefined): Reason | null {
  if (metadata?.deletionTimestamp !== undefined) return null;
  const waiting = container?.state?.waiting;
  const code = waitingCodes[waiting?.reason ?? ''];
  if (code !== undefined) return { code, params: detail(waiting?.message) };
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    const isVolume = /volume|persistentvolumeclaim/i.test(scheduled.message ?? '');
    return { code: isVolume ? 'volume_unavailable' : 'unschedulable', params: detail(scheduled.message) };
  }
  return null;
}

/** Pure: why the log keeper of a pod does not start; the bot runs all the same. */
export function logKeeperProblem({ status }: Pod): Reason | null {
  const waiting = status?.containerStatuses?.find(({ name }) => name === logKeeperContainer)?.state?.waiting;
  const code = waitingCodes[waiting?.reason ?? ''];
  return code === undefined ? null : { code, params: detail(waiting?.message) };
}

const detail = (message: string | undefined): Record<string, string> =>
  message === undefined ? {} : { detail: message.slice(0, 300) };
