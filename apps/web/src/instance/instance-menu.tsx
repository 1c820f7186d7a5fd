'use client';
import type { InstanceView } from '@zarpa/api-client';
import { DropdownItem, DropdownMenu, DropdownSeparator } from '@zarpa/ui/components/dropdown-menu';
import { IconButton } from '@zarpa/ui/components/icon-button';
import { EllipsisVertical, Pause, Play, RotateCw, Trash2, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { askToLeave } from '@/shell/leaving.ts';
import { canCommand } from './orders.ts';
import { useCommand } from './use-command.ts';

const orders = [
  { command: 'pause', icon: Pause },
  { command: 'resume', icon: Play },
  { command: 'restart', icon: RotateCw },
  { command: 'restore', icon: Undo2 },
] as const;

/** Everything that can be ordered now. Deleting is asked for again, in the settings. */
export function InstanceMenu({ instance }: { instance: InstanceView }) {
  const t = useTranslations('state');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, pending } = useCommand(instance);
  const danger = `/instances/${instance.instanceId}/settings#danger`;
  const possible = orders.filter(({ command }) => canCommand(instance, command));
  return (
    <DropdownMenu
      trigger={
        <IconButton variant="secondary" label={common('more')} pending={pending !== null}>
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      {possible.map(({ command, icon: Icon }) => (
        <DropdownItem key={command} onSelect={() => run(command)}>
          <Icon aria-hidden />
          {t(`actions.${command}`)}
        </DropdownItem>
      ))}
      {canCommand(instance, 'delete') ? (
        <>
          {possible.length > 0 ? <DropdownSeparator /> : null}
          <DropdownItem onSelect={() => askToLeave(danger, (how) => router[how](danger))}>
            <Trash2 aria-hidden />
            {t('actions.delete')}
          </DropdownItem>
        </>
      ) : null}
    </DropdownMenu>
  );
}
