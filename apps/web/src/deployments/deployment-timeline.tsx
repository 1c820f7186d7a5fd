'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Timeline } from '@zarpa/ui/components/timeline';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/format/use-format.ts';
import { hasPart } from './step-part.ts';

type StepName = DeploymentView['steps'][number]['name'];

const momentOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** A deployment's steps with their durations; each leads to its part of the build log. */
export function DeploymentTimeline({
  deployment,
  onStep,
}: {
  deployment: DeploymentView;
  onStep?: (name: StepName) => void;
}) {
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
        ...(onStep && hasPart(step) ? { onPress: () => onStep(step.name), hint: t('detail.showStep') } : {}),
      }))}
      formatDuration={format.duration}
      statusLabel={(status) => t(`stepStatus.${status}`)}
    />
  );
}
