'use client';
import type { DeploymentView, LogLine } from '@zarpa/api-client';
import { LogViewer } from '@zarpa/ui/components/log-viewer';
import { Spinner } from '@zarpa/ui/components/spinner';
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
export default function BuildLog({ deployment }: { deployment: DeploymentView }) {
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
  return <Lines lines={log.lines} loading={!log.ready} empty={log.refusal ?? t('logEmpty')} />;
}

function Kept({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments.detail');
  const errorText = useErrorText();
  const log = useBuildLog(deployment.instanceId, deployment.deploymentId, true);
  const empty = log.isError ? errorText(log.error) : t('logNone');
  return <Lines lines={log.data?.lines ?? noLines} loading={log.isPending} empty={empty} />;
}

const noLines: readonly LogLine[] = [];

function Lines({ lines, loading, empty }: { lines: readonly LogLine[]; loading: boolean; empty: string }) {
  const t = useTranslations('deployments.detail');
  const common = useLogLabels();
  const labels = useMemo(() => ({ ...common, region: t('logRegion') }), [common, t]);
  const describe = useLogMarker();
  return (
    <LogViewer
      className="h-[28rem] max-h-[70dvh] rounded-t-none border-0 border-t"
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
