'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { IconButton } from '@zarpa/ui/components/icon-button';
import { toast } from '@zarpa/ui/components/toast';
import { Pause, Play, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useInstanceCommand } from '@/api/instance-orders.ts';
import { canCommand } from '@/instance/orders.ts';
import { useErrorText } from '@/shell/use-error-text.ts';

/** What can be done with all ticked instances at once. */
export function BulkBar({ chosen, onClear }: { chosen: readonly InstanceView[]; onClear: () => void }) {
  const t = useTranslations('instances');
  const state = useTranslations('state');
  const errorText = useErrorText();
  const { mutateAsync } = useInstanceCommand();
  const [pending, setPending] = useState<'pause' | 'resume' | null>(null);

  const run = async (command: 'pause' | 'resume') => {
    setPending(command);
    const targets = chosen.filter((instance) => canCommand(instance, command));
    const results = await Promise.allSettled(targets.map(({ instanceId }) => mutateAsync({ id: instanceId, command })));
    setPending(null);
    const failures = results.filter((result) => result.status === 'rejected');
    const [first] = failures;
    if (!first) return onClear();
    toast.error(t('bulkFailed', { failed: failures.length }), { description: errorText(first.reason) });
  };

  const button = (command: 'pause' | 'resume', Icon: typeof Pause) => (
    <Button
      size="small"
      disabled={!chosen.some((instance) => canCommand(instance, command))}
      pending={pending === command}
      pendingLabel={state(`pending.${command}`)}
      onClick={() => void run(command)}
    >
      <Icon aria-hidden />
      {state(`actions.${command}`)}
    </Button>
  );
  return (
    <section
      aria-label={t('selected', { count: chosen.length })}
      className="-translate-x-1/2 fixed bottom-6 left-1/2 z-30 flex animate-enter items-center gap-2 rounded-xl border border-line-strong bg-surface py-2 pr-2 pl-4 shadow-dialog max-sm:bottom-20"
    >
      <span role="status" className="tabular mr-2 whitespace-nowrap text-sm">
        {t('selected', { count: chosen.length })}
      </span>
      {button('pause', Pause)}
      {button('resume', Play)}
      <IconButton size="small" label={t('clearSelection')} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
