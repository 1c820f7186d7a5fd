'use client';
import type { InstanceView } from '@zarpa/api-client';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRevealVariable, useUpdateVariables, useVariables } from '@/api/variables.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { useMounted } from '@/shell/use-mounted.ts';
import { countEdits, noEdits, toUpdate, type VariableEdits } from './edits.ts';

/** Everything that the variables' page knows and does. */
export function useVariablePage(instance: InstanceView) {
  const t = useTranslations('environment');
  const errorText = useErrorText();
  const isMounted = useMounted();
  const list = useVariables(instance.instanceId);
  const update = useUpdateVariables(instance.instanceId);
  const reveal = useRevealVariable(instance.instanceId);
  const [edits, setEdits] = useState<VariableEdits>(noEdits);
  const [shown, show] = useState<{ name: string; value: string } | null>(null);
  const changes = countEdits(edits);

  const { refetch } = list;
  const live = instance.currentDeployment?.deploymentId;
  useEffect(() => {
    if (live !== undefined) void refetch();
  }, [live, refetch]);

  const read = async (name: string, use: (value: string) => void) => {
    try {
      const { value } = await reveal.mutateAsync(name);
      use(value);
      reveal.reset();
    } catch (error) {
      toast.error(t('revealFailed', { name }), { description: errorText(error) });
    }
  };
  const save = async () => {
    try {
      await update.mutateAsync(toUpdate(edits));
      setEdits(noEdits);
      show(null);
      toast.success(t('saved'), { description: t('savedHint') });
    } catch (error) {
      if (!isMounted()) toast.error(t('saveFailed'), { description: errorText(error) });
    }
  };
  const discard = () => {
    setEdits(noEdits);
    update.reset();
  };
  return {
    list,
    edits,
    setEdits,
    changes,
    shown,
    show,
    read,
    reading: reveal.isPending ? reveal.variables : null,
    save,
    discard,
    saving: update.isPending,
    problem: update.isError ? errorText(update.error) : null,
  };
}

/** What `useVariablePage` gives. */
export type VariablePage = ReturnType<typeof useVariablePage>;
