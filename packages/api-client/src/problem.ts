import type { Problem } from './generated/schema.ts';

/** Stable code of a refusal, or `unreachable` where no answer of the API arrived. */
export type ProblemCode = Problem['code'] | 'unreachable';

/** A refusal of the API. `message` is its sentence in the caller's language; `code` is what programs decide by. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  /** HTTP status, 0 where no answer arrived. */
  readonly status: number;
  readonly title: string;
  /** Names the request in the platform's logs. */
  readonly correlationId: string | undefined;
  /** For `invalid_input`: what is wrong in which field. */
  readonly fields: ReadonlyArray<{ path: string; message: string }>;

  constructor(problem: Partial<Omit<Problem, 'code'>> & { code: ProblemCode }, options?: ErrorOptions) {
    super(problem.detail ?? problem.code, options);
    this.code = problem.code;
    this.status = problem.status ?? 0;
    this.title = problem.title ?? problem.code;
    this.correlationId = problem.correlationId;
    this.fields = problem.errors ?? [];
  }
}

/** The answer's data, or an {@link ApiProblem} thrown: for every call of the client, `await unwrap(client.GET(…))`. */
export async function unwrap<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw new ApiProblem({ code: 'unreachable' }, { cause });
  });
  if (response.ok) return data as Exclude<Data, undefined>;
  throw isProblem(error) ? new ApiProblem(error) : new ApiProblem({ code: 'unreachable', status: response.status });
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}
