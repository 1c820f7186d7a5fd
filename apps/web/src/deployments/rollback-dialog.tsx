'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Dialog } from '@zarpa/ui/components/dialog';
import { Notice } from '@zarpa/ui/components/notice';
import { useTranslations } from 'next-intl';
import { titleOf } from './deployment.ts';
import { useRollbackTo } from './use-deploy.ts';

/** Says what going back means before it is done. */
export function RollbackDialog({
  deployment,
  open,
  onOpenChange,
}: {
  deployment: DeploymentView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations('deployments.rollbackDialog');
  const common = useTranslations('common');
  const { number, deploymentId, instanceId, commit } = deployment;
  const rollback = useRollbackTo(instanceId);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title', { number })}
      description={t('description')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button
            variant="primary"
            pending={rollback.pending}
            pendingLabel={t('pending')}
            onClick={() => rollback.run(deploymentId, () => onOpenChange(false))}
          >
            {t('confirm', { number })}
          </Button>
        </>
      }
    >
      <p className="break-words rounded-lg border border-line bg-raised/50 px-3.5 py-2.5 text-sm">
        {titleOf(commit.message)}
        <span className="mt-0.5 block font-mono text-ink-faint text-xs">{commit.sha.slice(0, 7)}</span>
      </p>
      {rollback.problem === null ? null : (
        <Notice tone="fail" className="mt-3">
          {rollback.problem}
        </Notice>
      )}
    </Dialog>
  );
}
