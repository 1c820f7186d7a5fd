'use client';
import type { DeploymentView, LogLine } from '@zarpa/api-client';
import { LogViewer } from '@zarpa/ui/components/log-viewer';
import { Spinner } from '@zarpa/ui/components/spinner';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useBuildLog } from '@/api/build-log.ts';
import { asDeploymentId, asInstanceId } from '@/api/ids.ts';
import { useLiveLog } from '@/api/logs.ts';
import { useLogLabels } from '@/logs/use-log-labels.ts';
import { useLogMarker } from '@/logs/use-log-marker.tsx';
import { useErrorText } from '@/shell/use-error-text.ts';
import { isOver } from './deployment.ts';

/** What a build wrote: live while it runs, as kept once it has ended. */
export function BuildLog({ deployment }: { deployment: DeploymentView }) {
  const [live] = useState(() => !isOver(deployment));
  return live ? <Live deployment={deployment} /> : <Kept deployment={deployment} />;
}

function Live({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments.detail');
  const log = useLiveLog({
    kind: 'build',
    instanceId: asInstanceId(deployment.instanceId),
    deploymentId: asDeploymentId(deployment.deploymentId),
  });
  return (
    <Lines
      lines={log.lines}
      loading={!log.ready}
      empty={log.refusal ?? t('logEmpty')}
      short={deployment.reusedArtifact}
    />
  );
}

function Kept({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments.detail');
  const errorText = useErrorText();
  const log = useBuildLog(deployment.instanceId, deployment.deploymentId, true);
  const empty = log.isError ? errorText(log.error) : t('logNone');
  const lines = log.data?.lines ?? noLines;
  return <Lines lines={lines} loading={log.isPending} empty={empty} short={lines.length <= shortLogLines} />;
}

const shortLogLines = 10;
const noLines: readonly LogLine[] = [];

function Lines({
  lines,
  loading,
  empty,
  short = false,
}: {
  lines: readonly LogLine[];
  loading: boolean;
  empty: string;
  short?: boolean;
}) {
  const t = useTranslations('deployments.detail');
  const common = useLogLabels();
  const labels = useMemo(() => ({ ...common, region: t('logRegion') }), [common, t]);
  const describe = useLogMarker();
  return (
    <LogViewer
      className={cn('max-h-[70dvh] rounded-t-none border-0 border-t', short ? 'h-72' : 'h-[28rem]')}
      lines={lines}
      labels={labels}
      describe={describe}
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
