'use client';
import { toast } from '@zarpa/ui/components/toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import { useGithub } from '@/api/github.ts';
import { useCreateInstance } from '@/api/instance-orders.ts';
import { useInstances } from '@/api/instances.ts';
import { usePlans } from '@/api/plans.ts';
import { useBranches, useDetection, useFolders } from '@/api/repositories.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { useMounted } from '@/shell/use-mounted.ts';
import { type Draft, detectionOf, emptyDraft, folderOf, nameOf, overridesOf, planOf } from './draft.ts';
import { readRepositoryAddress } from './repository-address.ts';
import { useSettled } from './use-settled.ts';
import { filledVariables, variableProblem } from './variables.ts';

/** Everything that the sections of the page share. */
export type NewInstanceForm = ReturnType<typeof useNewInstance>;

const typingPauseMs = 500;

/** The draft, what follows from it, and the order to create it. */
export function useNewInstance(startWith: string | undefined) {
  const t = useTranslations('newInstance');
  const router = useRouter();
  const errorText = useErrorText();
  const isMounted = useMounted();
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

  const submit = async () => {
    if (!ready || draft.repository === undefined || branch === undefined || plan === undefined) return;
    try {
      const instance = await creation.mutateAsync({
        name: name.trim(),
        repository: draft.repository,
        branch,
        rootDirectory: folder ?? '',
        autoDeploy: draft.autoDeploy,
        overrides: overridesOf(draft),
        planId: plan.planId,
        variables: filledVariables(draft.variables),
      });
      if (isMounted()) router.push(placeOf(instance.instanceId, instance.latestDeployment?.deploymentId));
      else toast.success(t('created', { name: instance.name }));
    } catch (error) {
      if (!isMounted()) toast.error(t('createFailed', { name: name.trim() }), { description: errorText(error) });
    }
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
