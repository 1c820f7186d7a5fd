'use client';
import type { InstanceView } from '@zarpa/api-client';
import { DropdownItem, DropdownSeparator } from '@zarpa/ui/components/dropdown-menu';
import { Pause, Play, RotateCw, ScrollText, Trash2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { canCommand } from '@/instance/orders.ts';
import type { useCommand } from '@/instance/use-command.ts';

const orders = [
  { command: 'resume', icon: Play },
  { command: 'pause', icon: Pause },
  { command: 'restart', icon: RotateCw },
  { command: 'restore', icon: Undo2 },
] as const;

/** What an instance's state allows. */
export function RowMenuItems({
  instance,
  run,
  onDelete,
}: {
  instance: InstanceView;
  run: ReturnType<typeof useCommand>['run'];
  onDelete: () => void;
}) {
  const state = useTranslations('state');
  return (
    <>
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
          <DropdownItem danger onSelect={onDelete}>
            <Trash2 aria-hidden />
            {state('actions.delete')}
          </DropdownItem>
        </>
      ) : null}
    </>
  );
}
