'use client';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useMemo, useState } from 'react';
import { useGithub } from '@/api/github.ts';
import { useCreateInstance } from '@/api/instance-orders.ts';
import { useInstances } from '@/api/instances.ts';
import { usePlans } from '@/api/plans.ts';
import { useBranches, useDetection, useFolders } from '@/api/repositories.ts';
import { type Draft, detectionOf, emptyDraft, folderOf, nameOf, overridesOf, planOf } from './draft.ts';
import { readRepositoryAddress } from './repository-address.ts';
import { useSettled } from './use-settled.ts';
import { filledVariables, variableProblem } from './variables.ts';

/** Everything that the sections of the page share. */
export type NewInstanceForm = ReturnType<typeof useNewInstance>;

const typingPauseMs = 500;

/** The draft, what follows from it, and the order to create it. */
export function useNewInstance(startWith: string | undefined) {
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(readRepositoryAddress(startWith ?? '')));
  const change = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));

  const github = useGithub();
  const branches = useBranches(draft.repository);
  const branch = draft.branch ?? branches.data?.defaultBranch;
  const folders = useFolders(draft.repository, branch);
  const folder = folders.isError ? folderOf(draft, []) : folderOf(draft, folders.data?.items);
  const wanted = useSettled(
    useMemo(() => detectionOf(draft, branch, folder), [draft, branch, folder]),
    typingPauseMs,
  );
  const detection = useDetection(useDeferredValue(wanted));
  const suggestions = detection.data?.plan?.suggestions;

  const plans = usePlans();
  const instances = useInstances().data?.items ?? [];
  const plan = planOf(draft, plans.data ?? [], instances, suggestions?.memoryMb);
  const name = nameOf(draft, suggestions?.name);
  const creation = useCreateInstance();

  const variablesAreFine = draft.variables.every((row) => variableProblem(row, draft.variables) === null);
  const ready =
    draft.repository !== undefined &&
    branch !== undefined &&
    plan !== undefined &&
    name.trim() !== '' &&
    variablesAreFine &&
    detection.data?.failure == null;

  const submit = () => {
    if (!ready || draft.repository === undefined || branch === undefined || plan === undefined) return;
    creation.mutate(
      {
        name: name.trim(),
        repository: draft.repository,
        branch,
        rootDirectory: folder ?? '',
        autoDeploy: draft.autoDeploy,
        overrides: overridesOf(draft),
        planId: plan.planId,
        variables: filledVariables(draft.variables),
      },
      { onSuccess: (instance) => router.push(placeOf(instance.instanceId, instance.latestDeployment?.deploymentId)) },
    );
  };
  return {
    draft,
    change,
    github,
    branches,
    branch,
    folders,
    folder,
    detection,
    plans,
    plan,
    instances,
    name,
    creation,
    ready,
    submit,
  };
}

const placeOf = (instanceId: string, deploymentId: string | undefined): string =>
  deploymentId === undefined ? `/instances/${instanceId}` : `/instances/${instanceId}/deployments/${deploymentId}`;
