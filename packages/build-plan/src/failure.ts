import type { BuildPlanFailure } from '@zarpa/contracts';
import { singleLine } from './command/single-line.ts';

/** Why no plan could be made, as a result instead of an exception. */
export interface Failed {
  ok: false;
  failure: BuildPlanFailure;
}

/** A value or the reason for its absence. */
export type Outcome<T> = { ok: true; value: T } | Failed;

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });

interface FailureDetails {
  file?: string | null;
  detail?: string | null;
  lookedFor?: readonly string[];
}

export function failed(code: BuildPlanFailure['code'], { file = null, detail = null, lookedFor = [] }: FailureDetails) {
  const failure: BuildPlanFailure = {
    code,
    file,
    detail: detail === null ? null : singleLine(detail).slice(0, 300),
    lookedFor: [...lookedFor],
  };
  return { ok: false, failure } satisfies Failed;
}

export const invalidFile = (file: string, detail: string): Failed => failed('invalid_file', { file, detail });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
