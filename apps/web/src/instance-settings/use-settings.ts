'use client';
import type { InstanceView } from '@zarpa/api-client';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useUpdateInstance } from '@/api/instance-orders.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { useMounted } from '@/shell/use-mounted.ts';
import { changedKeys, draftOf, type SettingsDraft, toUpdate } from './settings-draft.ts';

/** The settings that are saved together: what is typed, what differs, and saving it. */
export function useSettings(instance: InstanceView) {
  const t = useTranslations('settings');
  const errorText = useErrorText();
  const isMounted = useMounted();
  const update = useUpdateInstance(instance.instanceId);
  const [edits, setEdits] = useState<Partial<SettingsDraft>>({});
  const saved = draftOf(instance);
  const draft = { ...saved, ...edits };
  const changed = changedKeys(saved, draft);
  const builds = changed.some((key) => key !== 'name' && key !== 'autoDeploy');
  const save = async () => {
    try {
      await update.mutateAsync(toUpdate(saved, draft));
      setEdits({});
      toast.success(t('saved'), builds ? { description: t('savedHint') } : {});
    } catch (error) {
      if (!isMounted()) toast.error(t('saveFailed'), { description: errorText(error) });
    }
  };
  return {
    draft,
    changes: changed.length,
    blocked: draft.name.trim() === '',
    change: (next: Partial<SettingsDraft>) => setEdits((before) => ({ ...before, ...next })),
    save,
    discard: () => {
      setEdits({});
      update.reset();
    },
    saving: update.isPending,
    problem: update.isError ? errorText(update.error) : null,
  };
}

/** What `useSettings` gives. */
export type Settings = ReturnType<typeof useSettings>;
