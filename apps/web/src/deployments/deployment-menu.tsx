'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { DropdownItem, DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { IconButton } from '@zarpa/ui/components/icon-button';
import { ArrowRight, CircleX, Ellipsis, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { isOver } from './deployment.ts';
import { useCancel } from './use-deploy.ts';

const RollbackDialog = lazy(() =>
  import('./rollback-dialog.tsx').then((module) => ({ default: module.RollbackDialog })),
);

/** What can be done with one deployment of the list. */
export function DeploymentMenu({ deployment, frozen }: { deployment: DeploymentView; frozen: boolean }) {
  const t = useTranslations('deployments');
  const cancel = useCancel(deployment.instanceId);
  const [asking, ask] = useState(false);
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton
            label={t('menu', { number: deployment.number })}
            pending={cancel.pending}
            className="relative z-1"
          >
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <DropdownItem asChild>
          <Link href={`/instances/${deployment.instanceId}/deployments/${deployment.deploymentId}`}>
            <ArrowRight aria-hidden />
            {t('open')}
          </Link>
        </DropdownItem>
        {deployment.canRollback && !frozen ? (
          <DropdownItem onSelect={() => ask(true)}>
            <Undo2 aria-hidden />
            {t('rollback')}
          </DropdownItem>
        ) : null}
        {isOver(deployment) ? null : (
          <DropdownItem danger onSelect={() => cancel.run(deployment)}>
            <CircleX aria-hidden />
            {t('cancel')}
          </DropdownItem>
        )}
      </DropdownMenu>
      <Suspense>{asking ? <RollbackDialog deployment={deployment} open onOpenChange={ask} /> : null}</Suspense>
    </>
  );
}
