'use client';
import type { DeploymentView, LogLine } from '@zarpa/api-client';
import { type LogRange, LogViewer } from '@zarpa/ui/components/log-viewer';
import { Spinner } from '@zarpa/ui/components/spinner';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useBuildLog } from '@/api/build-log.ts';
import { asDeploymentId, asInstanceId } from '@/api/ids.ts';
import { useLiveLog } from '@/api/logs.ts';
import { useCopiedToast } from '@/logs/use-copied-toast.ts';
import { useLogLabels } from '@/logs/use-log-labels.ts';
import { useLogMarker } from '@/logs/use-log-marker.tsx';
import { useErrorText } from '@/shell/use-error-text.ts';
import { isOver } from './deployment.ts';
import { partOf } from './step-part.ts';
import type { ChosenStep } from './use-chosen-step.ts';

/** What a build wrote: live while it runs, as kept once it has ended. */
export function BuildLog(props: { deployment: DeploymentView; step: ChosenStep | null }) {
  const [live] = useState(() => !isOver(props.deployment));
  return live ? <Live {...props} /> : <Kept {...props} />;
}

function Live({ deployment, step }: { deployment: DeploymentView; step: ChosenStep | null }) {
  const t = useTranslations('deployments.detail');
  const log = useLiveLog({
    kind: 'build',
    instanceId: asInstanceId(deployment.instanceId),
    deploymentId: asDeploymentId(deployment.deploymentId),
  });
  return (
    <Lines
      deployment={deployment}
      step={step}
      lines={log.lines}
      loading={!log.ready}
      empty={log.refusal ?? t('logEmpty')}
      short={deployment.reusedArtifact}
    />
  );
}

function Kept({ deployment, step }: { deployment: DeploymentView; step: ChosenStep | null }) {
  const t = useTranslations('deployments.detail');
  const errorText = useErrorText();
  const log = useBuildLog(deployment.instanceId, deployment.deploymentId, true);
  const empty = log.isError ? errorText(log.error) : t('logNone');
  const lines = log.data?.lines ?? noLines;
  return (
    <Lines
      deployment={deployment}
      step={step}
      lines={lines}
      loading={log.isPending}
      empty={empty}
      short={lines.length <= shortLogLines}
    />
  );
}

const shortLogLines = 10;
const noLines: readonly LogLine[] = [];

function Lines({
  deployment,
  step,
  lines,
  loading,
  empty,
  short = false,
}: {
  deployment: DeploymentView;
  step: ChosenStep | null;
  lines: readonly LogLine[];
  loading: boolean;
  empty: string;
  short?: boolean;
}) {
  const t = useTranslations('deployments.detail');
  const common = useLogLabels();
  const labels = useMemo(() => ({ ...common, region: t('logRegion') }), [common, t]);
  const describe = useLogMarker();
  const onCopied = useCopiedToast();
  const [chosen, choose] = useState<LogRange | null>(null);
  const [shownStep, showStep] = useState<ChosenStep | null>(null);
  const [jump, jumpTo] = useState<{ lineId: string } | null>(null);
  const part = step && step !== shownStep ? partOf(step.name, deployment.steps, lines) : null;
  if (part) {
    showStep(step);
    choose(part);
    jumpTo({ lineId: part.from });
  }
  return (
    <LogViewer
      className={cn('max-h-[70dvh] rounded-t-none border-0 border-t', short ? 'h-72' : 'h-[28rem]')}
      lines={lines}
      labels={labels}
      describe={describe}
      selection={chosen}
      onSelectionChange={choose}
      onCopied={onCopied}
      jump={jump}
      empty={
        loading ? (
          <span className="appear-late inline-flex items-center gap-2">
            <Spinner />
            {t('logLoading')}
          </span>
        ) : (
          empty
        )
      }
    />
  );
}
