'use client';
import { toast } from '@zarpa/ui/components/toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCancelDeployment, useCreateDeployment, useRollback } from '@/api/deployments.ts';
import { useErrorText } from '@/shell/use-error-text.ts';

/** Deploys the newest commit and leads to where it can be watched. */
export function useDeployNewest(instanceId: string) {
  const t = useTranslations('deployments');
  const errorText = useErrorText();
  const router = useRouter();
  const deploy = useCreateDeployment(instanceId);
  const run = () =>
    deploy.mutate(
      {},
      {
        onSuccess: ({ deploymentId }) => router.push(`/instances/${instanceId}/deployments/${deploymentId}`),
        onError: (error) => toast.error(t('deployFailed'), { description: errorText(error) }),
      },
    );
  return { run, pending: deploy.isPending };
}

/** Puts an older version back and leads to where that can be watched. `problem` is a refusal in words. */
export function useRollbackTo(instanceId: string) {
  const errorText = useErrorText();
  const router = useRouter();
  const rollback = useRollback(instanceId);
  const run = (deploymentId: string, done: () => void) =>
    rollback.mutate(deploymentId, {
      onSuccess: (made) => {
        done();
        router.push(`/instances/${instanceId}/deployments/${made.deploymentId}`);
      },
    });
  return { run, pending: rollback.isPending, problem: rollback.isError ? errorText(rollback.error) : null };
}

/** Stops a deployment on its way. */
export function useCancel(instanceId: string) {
  const t = useTranslations('deployments');
  const errorText = useErrorText();
  const cancel = useCancelDeployment(instanceId);
  const run = ({ deploymentId, number }: { deploymentId: string; number: number }) =>
    cancel.mutate(deploymentId, {
      onError: (error) => toast.error(t('cancelFailed', { number }), { description: errorText(error) }),
    });
  return { run, pending: cancel.isPending };
}
