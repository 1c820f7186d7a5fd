'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/format/use-format.ts';
import { useCommand } from '@/instance/use-command.ts';
import { Choice } from './danger-zone.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The way back of a deleted instance, and until when it is open. */
export function RestorePanel({ instance }: { instance: InstanceView }) {
  const t = useTranslations('settings');
  const format = useFormat();
  const { run, pending } = useCommand(instance);
  const until = instance.restorableUntil;
  if (until === null) return null;
  return (
    <SettingsSection id="danger" title={t('deletedTitle')} description={t('deletedHint')}>
      <Choice
        title={t('danger.restoreTitle')}
        description={t('danger.restoreDescription', { until: format.dayClock(Date.parse(until)) })}
      >
        <Button pending={pending === 'restore'} pendingLabel={t('danger.restoring')} onClick={() => run('restore')}>
          <Undo2 aria-hidden />
          {t('danger.restore')}
        </Button>
      </Choice>
    </SettingsSection>
  );
}
