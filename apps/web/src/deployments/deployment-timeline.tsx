'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Timeline } from '@zarpa/ui/components/timeline';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/format/use-format.ts';

const momentOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** A deployment's steps with their durations. */
export function DeploymentTimeline({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments');
  const format = useFormat();
  return (
    <Timeline
      steps={deployment.steps.map((step) => ({
        key: step.name,
        label: t(`steps.${step.name}`),
        status: step.status,
        startedAt: momentOf(step.startedAt),
        finishedAt: momentOf(step.finishedAt),
      }))}
      formatDuration={format.duration}
      statusLabel={(status) => t(`stepStatus.${status}`)}
    />
  );
}
