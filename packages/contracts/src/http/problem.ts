import { z } from 'zod';

/** Stable codes of refusals, over all routes. */
export const problemCodes = [
  'invalid_input',
  'invalid_json',
  'body_too_large',
  'not_authenticated',
  'not_allowed',
  'not_found',
  'route_not_found',
  'method_not_allowed',
  'conflict',
  'too_many_requests',
  'unavailable',
  'internal',
  'instance_not_found',
  'instance_deleted',
  'instance_not_deleted',
  'restore_window_over',
  'instance_not_deployed',
  'deployment_not_found',
  'deployment_finished',
  'deployment_not_restorable',
  'nothing_to_apply',
  'plan_not_found',
  'plan_limit_reached',
  'too_many_instances',
  'too_many_variables',
  'variable_not_found',
  'github_not_connected',
  'github_unavailable',
  'github_rate_limited',
  'github_authorization_failed',
  'repository_not_found',
  'branch_not_found',
  'commit_not_found',
  'signature_invalid',
  'ticket_invalid',
  'ticket_expired',
  'no_capacity',
  'move_not_found',
  'transfer_not_expected',
] as const;
export const ProblemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** RFC 9457 problem details (`application/problem+json`); title and detail in the caller's language (`Accept-Language`). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: ProblemCode,
    correlationId: z.string(),
    /** For `invalid_input`: where and what, one entry a field. */
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
