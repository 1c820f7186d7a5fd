'use client';
import type { InstanceView } from '@zarpa/api-client';
import { AlertDialog } from '@zarpa/ui/components/alert-dialog';
import { Button } from '@zarpa/ui/components/button';
import { DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, useState } from 'react';
import { useCommand } from '@/instance/use-command.ts';

const RowMenuItems = lazy(() => import('./row-menu-items.tsx').then((module) => ({ default: module.RowMenuItems })));

/** What can be ordered from the list. */
export function RowMenu({ instance }: { instance: InstanceView }) {
  const t = useTranslations('instances');
  const state = useTranslations('state');
  const common = useTranslations('common');
  const { run, pending } = useCommand(instance);
  const [asking, ask] = useState(false);
  return (
    <>
      <DropdownMenu
        trigger={
          <Button
            variant="quiet"
            pending={pending !== null}
            className="z-1 w-9 justify-self-end px-0 pointer-coarse:w-control"
            aria-label={t('menu', { name: instance.name })}
          >
            {pending === null ? <Ellipsis aria-hidden /> : null}
          </Button>
        }
      >
        <RowMenuItems instance={instance} run={run} onDelete={() => ask(true)} />
      </DropdownMenu>
      <AlertDialog
        open={asking}
        onOpenChange={ask}
        title={t('delete.title', { name: instance.name })}
        description={t('delete.description')}
        cancelLabel={common('cancel')}
        confirmLabel={state('actions.delete')}
        pending={pending === 'delete'}
        pendingLabel={state('pending.delete')}
        typeToConfirm={{ text: instance.name, label: t('delete.typeName', { name: instance.name }) }}
        onConfirm={() => run('delete', { onSuccess: () => ask(false) })}
      />
    </>
  );
}
