'use client';
import type { InstanceView } from '@zarpa/api-client';
import { LogViewer } from '@zarpa/ui/components/log-viewer';
import { Notice } from '@zarpa/ui/components/notice';
import { Spinner } from '@zarpa/ui/components/spinner';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { asInstanceId } from '@/api/ids.ts';
import { type LiveLog, useLiveLog } from '@/api/logs.ts';
import { linesOf } from './line-range.ts';
import { LogActions } from './log-actions.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useCopiedToast } from './use-copied-toast.ts';
import { useFirstLine } from './use-first-line.ts';
import { useLineRange } from './use-line-range.ts';
import { useLogLabels } from './use-log-labels.ts';
import { useLogMarker } from './use-log-marker.tsx';

/** Everything that a bot writes, as it writes it. */
export function RunLog({ instance }: { instance: InstanceView }) {
  const t = useTranslations('logs.page');
  const labels = useLogLabels();
  const describe = useLogMarker();
  const onCopied = useCopiedToast();
  const log = useLiveLog({ kind: 'run', instanceId: asInstanceId(instance.instanceId) });
  const [range, choose] = useLineRange();
  const [firstId, startAt] = useState(range?.from ?? null);
  const first = useFirstLine(log, firstId);
  const lines = first === 'searching' ? noLines : log.lines;
  return (
    <>
      {log.refusal === null ? null : (
        <Notice tone="fail" title={t('refused')}>
          {log.refusal}
        </Notice>
      )}
      {first === 'gone' ? <Notice tone="warn">{t('lineGone')}</Notice> : null}
      <div className="relative flex min-h-96 grow basis-96 flex-col">
        <LogViewer
          key={firstId}
          className="h-0 grow"
          lines={lines}
          labels={labels}
          describe={describe}
          empty={<Empty instance={instance} log={log} searching={first === 'searching'} />}
          selection={range}
          onSelectionChange={choose}
          onCopied={onCopied}
          {...(log.hasOlder ? { onReachStart: log.loadOlder } : {})}
          loadingOlder={log.loadingOlder}
          {...(firstId !== null && first === 'there' ? { initialLineId: firstId } : {})}
          actions={
            <LogActions
              instanceId={instance.instanceId}
              log={log}
              onJump={(id) => {
                choose({ from: id, to: id });
                startAt(id);
              }}
            />
          }
        />
        {range ? <SelectionBar lines={linesOf(log.lines, range)} range={range} onClear={() => choose(null)} /> : null}
      </div>
    </>
  );
}

const noLines: LiveLog['lines'] = [];

function Empty({ instance, log, searching }: { instance: InstanceView; log: LiveLog; searching: boolean }) {
  const t = useTranslations('logs.page');
  if (log.refusal !== null) return null;
  if (searching || !log.ready) {
    return (
      <span className="appear-late inline-flex items-center gap-2">
        <Spinner />
        {searching ? t('searching') : t('loading')}
      </span>
    );
  }
  if (instance.state === 'pending' || instance.state === 'building') return t('waiting');
  return instance.state === 'paused' ? t('paused') : t('none');
}
