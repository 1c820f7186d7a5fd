import type { Reason } from '@zarpa/contracts';
import type { ContainerStateTerminated, Pod } from 'kubernetes-types/core/v1';
import { classifyFailure } from '../../source/classify-failure.ts';
import type { BuildLimits } from './build-settings.ts';
import type { FailedVertex, ProgressReader } from './progress.ts';

/** Raw progress: the kubelet rotates a container's log at 10 MB, and what is rotated away can not be read again. */
export const largestOutputBytes = 9 * 1_048_576;

const killedBySigkill = 137;
const longestDetail = 300;

/** Pure: why a pod's container that should have built an image did not. */
export function classifyBuild(options: {
  pod: Pod;
  terminated: ContainerStateTerminated | null;
  progress: ProgressReader;
  limits: BuildLimits;
}): Reason {
  const { pod, terminated, progress, limits } = options;
  const failure = progress.failure();
  const command = failure?.vertex.kind === 'command' ? failure.vertex.command.slice(0, longestDetail) : '';
  const limitMb = String(limits.memoryMb);
  if (pod.status?.reason === 'Evicted') return evictionReason(pod.status.message ?? '', limits);
  if (pod.status?.reason === 'DeadlineExceeded') {
    return {
      code: 'build_timed_out',
      params: { command, minutes: String(Math.max(1, Math.round(limits.deadlineMs / 60_000))) },
    };
  }
  if (terminated?.reason === 'OOMKilled') return { code: 'build_out_of_memory', params: { command, limitMb } };
  if (failure !== null) return vertexReason(failure, { command, limitMb, isInstall: progress.isInstall(command) });
  return errorReason(progress.lastError);
}

function evictionReason(message: string, limits: BuildLimits): Reason {
  const isOwn =
    /ephemeral local storage usage exceeds|EmptyDir volume .* exceeds|ephemeral-storage limit|local ephemeral storage limit/i;
  if (isOwn.test(message))
    return { code: 'build_too_large', params: { command: '', limitMb: String(limits.storageMb) } };
  return { code: 'engine_error', params: { detail: 'evicted' } };
}

function vertexReason(
  failure: FailedVertex,
  { command, limitMb, isInstall }: { command: string; limitMb: string; isInstall: boolean },
): Reason {
  const { vertex, error, output } = failure;
  switch (vertex.kind) {
    case 'command': {
      const exitCode = /exit code: (\d+)/.exec(error)?.[1] ?? null;
      if (Number(exitCode) === killedBySigkill) return { code: 'build_out_of_memory', params: { command, limitMb } };
      const code = exitCode === null ? null : Number(exitCode);
      return classifyFailure({ step: isInstall ? 'install' : 'build', command, exitCode: code, output });
    }
    case 'base':
      return isUnreachable(error)
        ? { code: 'engine_error', params: { detail: error.slice(0, longestDetail) } }
        : { code: 'base_image_not_found', params: { image: vertex.image.slice(0, longestDetail) } };
    case 'publish':
      return { code: 'registry_refused', params: { detail: error.slice(-longestDetail) } };
    case 'instruction':
      return { code: 'build_failed', params: { command: vertex.instruction.slice(0, longestDetail), exitCode: '' } };
    case 'aside':
      return errorReason(error);
  }
}

const isUnreachable = (error: string): boolean =>
  /dial tcp|i\/o timeout|connection refused|TLS handshake|no such host|unexpected status.*50\d/i.test(error);

/** `buildctl` failed before anything that has a name did. */
function errorReason(error: string | null): Reason {
  const image = /failed to resolve source metadata for (\S+?):? /.exec(error ?? '')?.[1];
  if (image !== undefined && !isUnreachable(error ?? '')) {
    const params = { image: image.replace(/@sha256:[0-9a-f]+$/, '').slice(0, longestDetail) };
    return { code: 'base_image_not_found', params };
  }
  const text = error?.replace(/^failed to solve: /, '').slice(0, longestDetail) ?? '';
  if (
    /dockerfile parse error|unknown instruction|no build stage|file with no instructions|failed to parse|invalid reference/i.test(
      text,
    )
  ) {
    return { code: 'invalid_file', params: { file: 'Dockerfile', detail: text, lookedFor: '' } };
  }
  return { code: 'engine_error', params: text === '' ? {} : { detail: text } };
}
