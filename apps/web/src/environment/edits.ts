import type { UpdateVariables } from '@zarpa/api-client';
import { filledVariables, mergeVariables, type VariableRow, variableProblem } from '@/new-instance/variables.ts';
import type { EnvVariable } from './env-file.ts';

/** What has been changed on the page and not yet saved. */
export interface VariableEdits {
  /** New values of saved variables; `before` is null where the saved value was never looked at. */
  values: Readonly<Record<string, { before: string | null; value: string }>>;
  removed: readonly string[];
  added: readonly VariableRow[];
}

/** Nothing changed. */
export const noEdits: VariableEdits = { values: {}, removed: [], added: [] };

/** The change as the API takes it: untouched values stay out, of a name that comes twice the added row counts. */
export function toUpdate(edits: VariableEdits): { set: EnvVariable[]; remove: string[] } & UpdateVariables {
  const added = filledVariables(edits.added);
  const changed = Object.entries(edits.values)
    .filter(([name, { before, value }]) => before !== value && !added.some((row) => row.name === name))
    .map(([name, { value }]) => ({ name, value }));
  const remove = edits.removed.filter((name) => !added.some((row) => row.name === name));
  return { set: [...changed, ...added], remove };
}

/** How many variables would change. */
export function countEdits(edits: VariableEdits): number {
  const { set, remove } = toUpdate(edits);
  return set.length + remove.length;
}

/** True while a new row can't be saved as it is. */
export const hasProblem = ({ added }: VariableEdits): boolean =>
  added.some((row) => variableProblem(row, added) !== null);

/** Takes over a `.env`: saved names get a new value, others become new rows. */
export function mergeFile(
  edits: VariableEdits,
  saved: readonly string[],
  variables: readonly EnvVariable[],
): VariableEdits {
  const known = variables.filter(({ name }) => saved.includes(name));
  const fresh = variables.filter(({ name }) => !saved.includes(name));
  const values = Object.fromEntries(
    known.map(({ name, value }) => [name, { before: edits.values[name]?.before ?? null, value }]),
  );
  return {
    values: { ...edits.values, ...values },
    removed: edits.removed.filter((name) => !(name in values)),
    added: mergeVariables(edits.added, fresh),
  };
}

/** Without the changes to one saved variable. */
export function undoEdit(edits: VariableEdits, name: string): VariableEdits {
  const { [name]: _, ...values } = edits.values;
  return { ...edits, values, removed: edits.removed.filter((other) => other !== name) };
}

/** With one saved variable to be removed. */
export function removeVariable(edits: VariableEdits, name: string): VariableEdits {
  const undone = undoEdit(edits, name);
  return { ...undone, removed: [...undone.removed, name] };
}
