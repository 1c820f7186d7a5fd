/** A failure whose message tells the person at the terminal what happened and what to do. Printed without a stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** The error's own code (`ECONNREFUSED`, `28P01`), or an empty text. Looks into causes and aggregates. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return errorCode(error.cause);
}

/** What an unknown thrown value says. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return errorText(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
