import type { CreateInstance, DetectBuildPlan, InstanceView, PlanView } from '@zarpa/api-client';
import type { VariableRow } from './variables.ts';

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
