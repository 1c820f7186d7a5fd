import type { EnvVariable } from '@/environment/env-file.ts';

/** A variable on its way; `key` keeps its row while it is edited. */
export type VariableRow = EnvVariable & { key: string };

/** What keeps a variable from being saved. */
export function variableProblem(row: EnvVariable, all: readonly EnvVariable[]): 'name' | 'twice' | null {
  if (row.name === '') return row.value === '' ? null : 'name';
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(row.name)) return 'name';
  return all.filter((other) => other.name === row.name).length > 1 ? 'twice' : null;
}

/** The rows that hold something. */
export const filledVariables = (rows: readonly EnvVariable[]): EnvVariable[] =>
  rows.filter((row) => row.name !== '').map(({ name, value }) => ({ name, value }));

/** Puts variables into the rows: known names get the new value, empty rows go. */
export function mergeVariables(rows: readonly VariableRow[], added: readonly EnvVariable[]): VariableRow[] {
  const kept = rows.filter((row) => row.name !== '' && !added.some((variable) => variable.name === row.name));
  return [...kept, ...added.map((variable) => ({ ...variable, key: crypto.randomUUID() }))];
}
