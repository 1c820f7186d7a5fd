'use client';
import type { InstanceView } from '@zarpa/api-client';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRevealVariable, useUpdateVariables, useVariables } from '@/api/variables.ts';
import { useLeaveGuard } from '@/instance/use-leave-guard.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { countEdits, noEdits, toUpdate, type VariableEdits } from './edits.ts';

/** Everything that the variables' page knows and does. */
export function useVariablePage(instance: InstanceView) {
  const t = useTranslations('environment');
  const errorText = useErrorText();
  const list = useVariables(instance.instanceId);
  const update = useUpdateVariables(instance.instanceId);
  const reveal = useRevealVariable(instance.instanceId);
  const [edits, setEdits] = useState<VariableEdits>(noEdits);
  const [shown, show] = useState<{ name: string; value: string } | null>(null);
  const changes = countEdits(edits);
  useLeaveGuard(changes > 0, t('leave'));

  const { refetch } = list;
  const live = instance.currentDeployment?.deploymentId;
  useEffect(() => {
    if (live !== undefined) void refetch();
  }, [live, refetch]);

  const read = (name: string, use: (value: string) => void) =>
    reveal.mutate(name, {
      onSuccess: ({ value }) => {
        use(value);
        reveal.reset();
      },
      onError: (error) => toast.error(t('revealFailed', { name }), { description: errorText(error) }),
    });
  const save = () =>
    update.mutate(toUpdate(edits), {
      onSuccess: () => {
        setEdits(noEdits);
        show(null);
        toast.success(t('saved'), { description: t('savedHint') });
      },
    });
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
