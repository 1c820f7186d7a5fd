'use client';
import type { InstanceView } from '@zarpa/api-client';
import { AlertDialog } from '@zarpa/ui/components/alert-dialog';
import { Button } from '@zarpa/ui/components/button';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { canCommand } from '@/instance/orders.ts';
import { useCommand } from '@/instance/use-command.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { SettingsSection } from './settings-section.tsx';

/** Deleting, with what is kept and for how long. */
export function DangerZone({ instance }: { instance: InstanceView }) {
  const t = useTranslations('settings.danger');
  return (
    <SettingsSection id="danger" title={t('title')} description={t('deleteDescription')} className="border-fail/35">
      <Remove instance={instance} />
    </SettingsSection>
  );
}

/** One thing that can be done, and what it means. */
export function Choice({ title, description, children }: { title: string; description: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium text-sm">{title}</h3>
        <p className="text-pretty text-ink-soft text-sm">{description}</p>
      </div>
      {children}
    </div>
  );
}

function Remove({ instance }: { instance: InstanceView }) {
  const t = useTranslations('settings.danger');
  const common = useTranslations('common');
  const state = useTranslations('state.pending');
  const errorText = useErrorText();
  const { run, pending, error } = useCommand(instance);
  const [asking, ask] = useState(false);
  return (
    <>
      {canCommand(instance, 'pause') ? (
        <Choice title={t('pausingTitle')} description={t('pausing')}>
          <Button pending={pending === 'pause'} pendingLabel={state('pause')} onClick={() => run('pause')}>
            {t('pause')}
          </Button>
        </Choice>
      ) : null}
      <Choice title={t('deleteTitle')} description={t('confirmDescription')}>
        <Button variant="danger" onClick={() => ask(true)}>
          <Trash2 aria-hidden />
          {t('delete')}
        </Button>
      </Choice>
      <AlertDialog
        open={asking}
        onOpenChange={ask}
        title={t('confirmTitle', { name: instance.name })}
        description={t('deleteDescription')}
        cancelLabel={common('cancel')}
        confirmLabel={t('delete')}
        pending={pending === 'delete'}
        pendingLabel={t('deleting')}
        error={error ? errorText(error) : undefined}
        typeToConfirm={{ text: instance.name, label: t('typeName', { name: instance.name }) }}
        onConfirm={() => run('delete', { onSuccess: () => ask(false) })}
      />
    </>
  );
}
