import { ApiProblem, type ProblemCode } from '@zarpa/api-client';

export { ApiProblem };

/** True where the API said exactly this. */
export const hasCode = (error: unknown, ...codes: ProblemCode[]): error is ApiProblem =>
  error instanceof ApiProblem && codes.includes(error.code);

/** True where no answer of the API arrived: the network, a proxy, or the API itself is away. */
export const isUnreachable = (error: unknown): boolean => hasCode(error, 'unreachable');

/** True where trying again may help without the reader doing anything. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
