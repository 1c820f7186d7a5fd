'use client';
import type { InstanceView } from '@zarpa/api-client';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { type InstanceCommand, useInstanceCommand } from '@/api/instance-orders.ts';
import { useErrorText } from '@/shell/use-error-text.ts';

/** Orders an instance to do something. `pending` names the order on its way; a refusal is told with its reason. */
export function useCommand(instance: Pick<InstanceView, 'instanceId' | 'name'>) {
  const t = useTranslations('state');
  const errorText = useErrorText();
  const mutation = useInstanceCommand();
  const run = async (command: InstanceCommand, options?: { onSuccess?: () => void }): Promise<void> => {
    try {
      await mutation.mutateAsync({ id: instance.instanceId, command });
      options?.onSuccess?.();
    } catch (error) {
      toast.error(t(`failed.${command}`, { name: instance.name }), { description: errorText(error) });
    }
  };
  return { run, pending: mutation.isPending ? mutation.variables.command : null, error: mutation.error };
}
