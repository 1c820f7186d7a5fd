'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { StateBadge } from '@zarpa/ui/components/state-badge';
import { useTranslations } from 'next-intl';
import { toneOf } from './deployment.ts';

/** How a deployment stands, in colour, shape and word. */
export function DeploymentStatus({ status, className }: { status: DeploymentView['status']; className?: string }) {
  const t = useTranslations('deployments.status');
  return (
    <StateBadge tone={toneOf(status)} className={className}>
      {t(status)}
    </StateBadge>
  );
}
