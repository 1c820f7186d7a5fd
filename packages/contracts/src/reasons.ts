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
] as const;

export const Reason = z
  .object({
    code: z.enum(reasonCodes),
    /** Values for the sentence, such as `{ exitCode: '1', package: 'sharpp' }`. Never secrets: masked by the worker. */
    params: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;
