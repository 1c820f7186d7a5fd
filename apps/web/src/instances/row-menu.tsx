'use client';
import type { InstanceView } from '@zarpa/api-client';
import { AlertDialog } from '@zarpa/ui/components/alert-dialog';
import { Button } from '@zarpa/ui/components/button';
import { DropdownItem, DropdownMenu, DropdownSeparator } from '@zarpa/ui/components/dropdown-menu';
import { Ellipsis, Pause, Play, RotateCw, ScrollText, Trash2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { canCommand } from '@/instance/state.ts';
import { useCommand } from '@/instance/use-command.ts';

const orders = [
  { command: 'resume', icon: Play },
  { command: 'pause', icon: Pause },
  { command: 'restart', icon: RotateCw },
  { command: 'restore', icon: Undo2 },
] as const;

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
        {orders
          .filter(({ command }) => canCommand(instance, command))
          .map(({ command, icon: Icon }) => (
            <DropdownItem key={command} onSelect={() => run(command)}>
              <Icon aria-hidden />
              {state(`actions.${command}`)}
            </DropdownItem>
          ))}
        <DropdownItem asChild>
          <Link href={`/instances/${instance.instanceId}/logs`}>
            <ScrollText aria-hidden />
            {state('actions.viewLogs')}
          </Link>
        </DropdownItem>
        {canCommand(instance, 'delete') ? (
          <>
            <DropdownSeparator />
            <DropdownItem danger onSelect={() => ask(true)}>
              <Trash2 aria-hidden />
              {state('actions.delete')}
            </DropdownItem>
          </>
        ) : null}
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
