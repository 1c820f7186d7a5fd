import type { Reason } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { createMasker } from '../../logs/mask.ts';

/** All values of some sets of variables, each once, longest first. */
export function secretValues(sets: ReadonlyArray<Readonly<Record<string, string>>>): Secret<readonly string[]> {
  const values = new Set(sets.flatMap((variables) => Object.values(variables)).filter((value) => value !== ''));
  return new Secret([...values].toSorted((a, b) => b.length - a.length));
}

/** A reason whose values were taken from output and commands, without secrets. */
export function maskedReason(reason: Reason, secrets: Secret<readonly string[]>): Reason {
  const masker = createMasker(secrets.reveal());
  const params = Object.entries(reason.params).map(([name, value]) => [name, masker.apply(value)] as const);
  return { code: reason.code, params: Object.fromEntries(params) };
}
