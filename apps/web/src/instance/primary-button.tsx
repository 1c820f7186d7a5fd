'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { toast } from '@zarpa/ui/components/toast';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCreateDeployment } from '@/api/deployments.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { primaryActionOf } from './orders.ts';
import { useCommand } from './use-command.ts';

/** The action that helps most in the instance's state; nothing where nothing needs to be done or its page is open. */
export function PrimaryButton({ instance }: { instance: InstanceView }) {
  const t = useTranslations('state');
  const errorText = useErrorText();
  const command = useCommand(instance);
  const deploy = useCreateDeployment(instance.instanceId);
  const path = usePathname();
  const action = primaryActionOf(instance);
  const base = `/instances/${instance.instanceId}`;

  const redeploy = async () => {
    try {
      await deploy.mutateAsync({});
    } catch (error) {
      toast.error(t('failed.redeploy', { name: instance.name }), { description: errorText(error) });
    }
  };
  const order = (label: 'resume' | 'restore' | 'restart', text: string) => (
    <Button
      variant="primary"
      pending={command.pending === label}
      pendingLabel={t(`pending.${label}`)}
      onClick={() => command.run(label)}
    >
      {text}
    </Button>
  );
  const link = (href: string, text: string) =>
    href === path ? null : (
      <Button asChild variant="primary">
        <Link href={href}>{text}</Link>
      </Button>
    );

  switch (action) {
    case null:
      return null;
    case 'resume':
    case 'restore':
      return order(action, t(`actions.${action}`));
    case 'startAgain':
      return order('restart', t('actions.startAgain'));
    case 'changePlan':
      return link(`${base}/settings#plan`, t('actions.changePlan'));
    case 'viewLogs':
      return link(`${base}/logs`, t('actions.viewLogs'));
    case 'viewDeployment': {
      const latest = instance.latestDeployment?.deploymentId;
      return latest === undefined ? null : link(`${base}/deployments/${latest}`, t('actions.viewDeployment'));
    }
    case 'redeploy':
      return (
        <Button
          variant="primary"
          pending={deploy.isPending}
          pendingLabel={t('pending.redeploy')}
          onClick={() => void redeploy()}
        >
          {t('actions.redeploy')}
        </Button>
      );
  }
}
