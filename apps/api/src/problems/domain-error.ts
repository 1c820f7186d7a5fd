import type { ProblemCode } from '@zarpa/contracts';
import type { FieldText } from './field-text.ts';

/** What went wrong, whoever asks: HTTP maps it to a status, a consumer to ack, retry or dead letter. */
export type ErrorCategory = 'input' | 'authentication' | 'not_allowed' | 'not_found' | 'conflict' | 'unavailable';

const categories = {
  invalid_input: 'input',
  invalid_json: 'input',
  body_too_large: 'input',
  not_authenticated: 'authentication',
  not_allowed: 'not_allowed',
  not_found: 'not_found',
  route_not_found: 'not_found',
  method_not_allowed: 'input',
  conflict: 'conflict',
  too_many_requests: 'unavailable',
  unavailable: 'unavailable',
  internal: 'unavailable',
  instance_not_found: 'not_found',
  instance_deleted: 'conflict',
  instance_not_deleted: 'conflict',
  restore_window_over: 'conflict',
  instance_not_deployed: 'conflict',
  deployment_not_found: 'not_found',
  deployment_finished: 'conflict',
  deployment_not_restorable: 'conflict',
  nothing_to_apply: 'conflict',
  plan_not_found: 'not_found',
  plan_limit_reached: 'conflict',
  too_many_instances: 'conflict',
  too_many_variables: 'conflict',
  variable_not_found: 'not_found',
  github_not_connected: 'conflict',
  github_unavailable: 'unavailable',
  github_rate_limited: 'unavailable',
  github_authorization_failed: 'conflict',
  repository_not_found: 'not_found',
  branch_not_found: 'not_found',
  commit_not_found: 'not_found',
  signature_invalid: 'authentication',
  ticket_invalid: 'not_allowed',
  ticket_expired: 'not_allowed',
  no_capacity: 'unavailable',
  move_not_found: 'not_found',
  transfer_not_expected: 'conflict',
} as const satisfies Record<ProblemCode, ErrorCategory>;

export interface FieldError {
  readonly path: string;
  readonly text: FieldText;
}

interface DomainErrorOptions {
  readonly cause?: unknown;
  /** Values for the sentence in the caller's language. Never secrets. */
  readonly params?: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
}

/** A refusal with a stable code. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly category: ErrorCategory;
  readonly params: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ProblemCode,
    options: DomainErrorOptions = {},
  ) {
    super(code, { cause: options.cause });
    this.category = categories[code];
    this.params = options.params ?? {};
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
