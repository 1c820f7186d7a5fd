import type { CreateInstance, DetectBuildPlan, InstanceView, PlanView } from '@zarpa/api-client';
import type { EnvVariable } from '@/environment/env-file.ts';

/** A variable on its way; `key` keeps its row while it is edited. */
export type VariableRow = EnvVariable & { key: string };

/** What has been chosen so far. Undefined: not touched, so what was found or usual is taken. */
export interface Draft {
  repository: string | undefined;
  branch: string | undefined;
  rootDirectory: string | undefined;
  name: string | undefined;
  planId: string | undefined;
  autoDeploy: boolean;
  variables: readonly VariableRow[];
  commands: { install: string; build: string; start: string };
}

/** A draft before anything was chosen. */
export const emptyDraft = (repository: string | undefined): Draft => ({
  repository,
  branch: undefined,
  rootDirectory: undefined,
  name: undefined,
  planId: undefined,
  autoDeploy: true,
  variables: [],
  commands: { install: '', build: '', start: '' },
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The owner's commands in the API's shape. */
export const overridesOf = ({ commands }: Draft): CreateInstance['overrides'] & {} => ({
  install: orNull(commands.install),
  build: orNull(commands.build),
  start: orNull(commands.start),
});

/** The folder to use while none was chosen: the root where it is a bot, else the first folder that is. Undefined until they are known. */
export function folderOf(draft: Draft, folders: readonly string[] | undefined): string | undefined {
  if (draft.rootDirectory !== undefined) return draft.rootDirectory;
  return folders?.includes('') ? '' : folders && (folders[0] ?? '');
}

/** What to detect; undefined until repository, branch and folder are known. */
export function detectionOf(
  draft: Draft,
  branch: string | undefined,
  rootDirectory: string | undefined,
): DetectBuildPlan | undefined {
  if (draft.repository === undefined || branch === undefined || rootDirectory === undefined) return undefined;
  return {
    repository: draft.repository,
    branch,
    rootDirectory,
    overrides: overridesOf(draft),
  };
}

/** The name to use while none was typed: the repository's own suggestion, else its last part. */
export function nameOf(draft: Draft, suggested: string | null | undefined): string {
  if (draft.name !== undefined) return draft.name;
  if (suggested) return suggested.slice(0, 60);
  return draft.repository?.split('/')[1]?.slice(0, 60) ?? '';
}

/** True where an owner may put one more instance on a plan. */
export function hasRoom(plan: PlanView, instances: readonly Pick<InstanceView, 'planId' | 'desiredState'>[]): boolean {
  if (plan.perOwnerLimit === null) return true;
  const used = instances.filter(
    ({ planId, desiredState }) => planId === plan.planId && desiredState !== 'purged',
  ).length;
  return used < plan.perOwnerLimit;
}

/** The plan to use while none was chosen: the cheapest with room and enough memory for what the repository asks. */
export function planOf(
  draft: Draft,
  plans: readonly PlanView[],
  instances: readonly Pick<InstanceView, 'planId' | 'desiredState'>[],
  memoryMb: number | null | undefined,
): PlanView | undefined {
  const chosen = plans.find((plan) => plan.planId === draft.planId);
  if (chosen) return chosen;
  const free = plans.filter((plan) => hasRoom(plan, instances));
  return free.find((plan) => plan.memoryMb >= (memoryMb ?? 0)) ?? free.at(-1);
}

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
