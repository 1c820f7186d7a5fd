'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { toast } from '@zarpa/ui/components/toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCancelDeployment, useCreateDeployment, useRollback } from '@/api/deployments.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { useMounted } from '@/shell/use-mounted.ts';

/** Leads to where a new deployment can be watched; whoever went elsewhere meanwhile is told and left there. */
function useLeadTo(): (made: DeploymentView) => void {
  const t = useTranslations('deployments');
  const router = useRouter();
  const isMounted = useMounted();
  return ({ instanceId, deploymentId, number }) => {
    if (isMounted()) router.push(`/instances/${instanceId}/deployments/${deploymentId}`);
    else toast.success(t('created', { number }));
  };
}

/** Deploys the newest commit and leads to where it can be watched. */
export function useDeployNewest(instanceId: string) {
  const t = useTranslations('deployments');
  const errorText = useErrorText();
  const leadTo = useLeadTo();
  const deploy = useCreateDeployment(instanceId);
  const run = async () => {
    try {
      leadTo(await deploy.mutateAsync({}));
    } catch (error) {
      toast.error(t('deployFailed'), { description: errorText(error) });
    }
  };
  return { run, pending: deploy.isPending };
}

/** Puts an older version back and leads to where that can be watched. `problem` is a refusal in words. */
export function useRollbackTo(instanceId: string) {
  const t = useTranslations('deployments');
  const errorText = useErrorText();
  const isMounted = useMounted();
  const leadTo = useLeadTo();
  const rollback = useRollback(instanceId);
  const run = async (deploymentId: string, done: () => void) => {
    try {
      leadTo(await rollback.mutateAsync(deploymentId));
      done();
    } catch (error) {
      if (!isMounted()) toast.error(t('rollbackFailed'), { description: errorText(error) });
    }
  };
  return { run, pending: rollback.isPending, problem: rollback.isError ? errorText(rollback.error) : null };
}

/** Stops a deployment on its way. */
export function useCancel(instanceId: string) {
  const t = useTranslations('deployments');
  const errorText = useErrorText();
  const cancel = useCancelDeployment(instanceId);
  const run = async ({ deploymentId, number }: { deploymentId: string; number: number }) => {
    try {
      await cancel.mutateAsync(deploymentId);
    } catch (error) {
      toast.error(t('cancelFailed', { number }), { description: errorText(error) });
    }
  };
  return { run, pending: cancel.isPending };
}
