import type { Status, StatusDetails } from 'kubernetes-types/meta/v1';

/** What the API server refused, or (`status` 0, reason `Unreachable`) that it gave no answer. */
export class KubernetesError extends Error {
  readonly status: number;
  /** `Status.reason`: NotFound, Conflict, AlreadyExists, Expired, Invalid, Forbidden, TooManyRequests, … or empty. */
  readonly reason: string;
  readonly retryAfterMs: number | null;
  readonly details: StatusDetails | null;

  constructor(options: {
    message: string;
    status: number;
    reason: string;
    retryAfterMs?: number | null;
    details?: StatusDetails | null;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'KubernetesError';
    this.status = options.status;
    this.reason = options.reason;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.details = options.details ?? null;
  }

  /** From a `Status` object, as a body of an answer or as an event of a watch. */
  static fromStatus(status: Status, retryAfter?: string): KubernetesError {
    const seconds = status.details?.retryAfterSeconds ?? Number(retryAfter);
    return new KubernetesError({
      message: status.message ?? status.reason ?? 'Kubernetes refused a request',
      status: status.code ?? 0,
      reason: status.reason ?? '',
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : null,
      details: status.details ?? null,
    });
  }

  static unreachable(request: string, cause: unknown): KubernetesError {
    return new KubernetesError({ message: `No answer to ${request}`, status: 0, reason: 'Unreachable', cause });
  }
}

const is = (error: unknown, status: number, ...reasons: string[]): boolean =>
  error instanceof KubernetesError &&
  error.status === status &&
  (error.reason === '' || reasons.includes(error.reason));

/** Somebody else wrote first, or a precondition did not hold. */
export const isConflict = (error: unknown): boolean => is(error, 409, 'Conflict');
export const isAlreadyExists = (error: unknown): boolean =>
  error instanceof KubernetesError && error.reason === 'AlreadyExists';
export const isNotFound = (error: unknown): boolean => is(error, 404, 'NotFound');
/** A `resourceVersion` or `continue` that the server no longer keeps. */
export const isGone = (error: unknown): boolean => is(error, 410, 'Expired', 'Gone');
/** No answer came: whether a write was done is unknown. */
export const isUnreachable = (error: unknown): boolean => is(error, 0, 'Unreachable');
/** The server behind this part of the API does not answer now. */
export const isUnavailable = (error: unknown): boolean => is(error, 503, 'ServiceUnavailable');
/** The object may not be so, or a `test` of a JSON patch did not hold. */
export const isInvalid = (error: unknown): boolean => is(error, 422, 'Invalid');
/** The object may not be so: invalid, forbidden by a rule, or changed where it can not be. */
export const isRefused = (error: unknown): boolean => isInvalid(error) || is(error, 403, 'Forbidden');
export const isBadRequest = (error: unknown): boolean => is(error, 400, 'BadRequest');
