import { z } from 'zod';

/** Why an instance is as it is, or a deployment ended as it did. Codes are stable; the interface translates them with `params`. */
export const reasonCodes = [
  // a deployment's end
  'source_unavailable',
  'source_too_large',
  'source_unsafe',
  'unrecognised_repository',
  'root_directory_missing',
  'invalid_file',
  'no_start_command',
  'unsupported_runtime',
  'install_failed',
  'dependency_not_found',
  'build_failed',
  'build_timed_out',
  'build_output_too_large',
  'build_too_large',
  'build_out_of_memory',
  'base_image_not_found', // image
  'registry_refused', // detail: the registry's answer
  'exited_during_start',
  'superseded',
  'cancelled',
  'instance_deleted',
  'artifact_missing',
  // an instance's state
  'crashed',
  'crash_loop',
  'out_of_memory',
  'exited_cleanly',
  'killed',
  'start_failed',
  'paused_by_owner',
  'deleted_by_owner',
  'restarted_for_upgrade',
  'engine_error',
  // what a Kubernetes cluster adds, with the params of each
  'image_pull_failed', // image, detail: what the registry or the kubelet said
  'unschedulable', // detail: the scheduler's words
  'evicted', // detail: the kubelet's words
  'volume_full', // limitMb
  'volume_unavailable', // detail: why it cannot be made or mounted
  'node_lost', // node
  'container_config_error', // detail: the kubelet's words
  'moving', // none; stopped while its data go to another cluster
] as const;

export const Reason = z
  .object({
    code: z.enum(reasonCodes),
    /** Values for the sentence, such as `{ exitCode: '1', package: 'sharpp' }`. Never secrets: masked by the worker. */
    params: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;
