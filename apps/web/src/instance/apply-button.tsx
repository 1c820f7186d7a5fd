'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useCreateDeployment } from '@/api/deployments.ts';
import { useErrorText } from '@/shell/use-error-text.ts';

/** True where the version in operation differs by its variables alone, so that nothing has to be built. */
function onlyVariablesDiffer({ currentDeployment: current, source, overrides }: InstanceView): boolean {
  if (!current) return false;
  const sameSource = current.branch === source.branch && current.rootDirectory === source.rootDirectory;
  const sameCommands = (['install', 'build', 'start'] as const).every(
    (key) => current.overrides[key] === overrides[key],
  );
  return sameSource && sameCommands;
}

/** Puts what was saved into operation: without a build where the variables alone have changed. */
export function ApplyButton({ instance }: { instance: InstanceView }) {
  const t = useTranslations('overview.redeploy');
  const errorText = useErrorText();
  const deploy = useCreateDeployment(instance.instanceId);
  const apply = async () => {
    try {
      const { number } = await deploy.mutateAsync({ reuseArtifact: onlyVariablesDiffer(instance) });
      toast.success(t('started', { number }));
    } catch (error) {
      toast.error(t('failed'), { description: errorText(error) });
    }
  };
  return (
    <Button
      variant="primary"
      size="small"
      pending={deploy.isPending}
      pendingLabel={t('pending')}
      onClick={() => void apply()}
    >
      {t('apply')}
    </Button>
  );
}
