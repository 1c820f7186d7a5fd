import type { DeploymentView } from '@zarpa/api-client';

/** Something that two deployments do not share. Null: there was none. */
export type Change =
  | {
      field: 'commit' | 'branch' | 'folder' | 'runtime' | 'install' | 'build' | 'start';
      before: string | null;
      after: string | null;
    }
  | { field: 'plan'; before: { planId: string; memoryMb: number }; after: { planId: string; memoryMb: number } }
  | { field: 'variables'; added: string[]; removed: string[] };

/** What differs between a deployment and the one before it. */
export function changesBetween(before: DeploymentView, after: DeploymentView): Change[] {
  const changes: Change[] = [
    { field: 'commit', before: before.commit.sha, after: after.commit.sha },
    { field: 'branch', before: before.branch, after: after.branch },
    { field: 'folder', before: before.rootDirectory, after: after.rootDirectory },
  ];
  if (before.buildPlan && after.buildPlan) {
    const [old, fresh] = [before.buildPlan, after.buildPlan];
    changes.push(
      { field: 'runtime', before: runtimeOf(old), after: runtimeOf(fresh) },
      { field: 'install', before: old.installCommand, after: fresh.installCommand },
      { field: 'build', before: old.buildCommand, after: fresh.buildCommand },
      { field: 'start', before: old.startCommand, after: fresh.startCommand },
    );
  }
  changes.push(
    {
      field: 'plan',
      before: { planId: before.planId, memoryMb: before.memoryMb },
      after: { planId: after.planId, memoryMb: after.memoryMb },
    },
    {
      field: 'variables',
      added: after.variableNames.filter((name) => !before.variableNames.includes(name)),
      removed: before.variableNames.filter((name) => !after.variableNames.includes(name)),
    },
  );
  return changes.filter(isChange);
}

function isChange(change: Change): boolean {
  switch (change.field) {
    case 'variables':
      return change.added.length + change.removed.length > 0;
    case 'plan':
      return change.before.planId !== change.after.planId || change.before.memoryMb !== change.after.memoryMb;
    default:
      return change.before !== change.after;
  }
}

const runtimeOf = ({ runtime, runtimeVersion }: NonNullable<DeploymentView['buildPlan']>): string =>
  [runtime, runtimeVersion].filter(Boolean).join(' ');

/** The version that a deployment was to replace: the newest older one that went live. Undefined where none is among those given. */
export function predecessorOf(
  { number }: Pick<DeploymentView, 'number'>,
  all: readonly DeploymentView[],
): DeploymentView | undefined {
  return all
    .filter((other) => other.number < number && other.status === 'succeeded')
    .reduce<DeploymentView | undefined>(
      (best, other) => (best && best.number > other.number ? best : other),
      undefined,
    );
}
