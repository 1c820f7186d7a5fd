'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { stripAnsi } from '@zarpa/ui/lib/ansi';
import { isBlockLine } from '@zarpa/ui/lib/block-art';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { asInstanceId } from '@/api/ids.ts';
import { useLiveLog } from '@/api/logs.ts';
import { useFormat } from '@/format/use-format.ts';
import { useLogMarker } from '@/logs/use-log-marker.tsx';

const shown = 8;

/** The newest lines of the log, as they come. */
export function LastLines({ instance }: { instance: InstanceView }) {
  const t = useTranslations('overview.lines');
  const format = useFormat();
  const describe = useLogMarker();
  const log = useLiveLog({ kind: 'run', instanceId: asInstanceId(instance.instanceId) });
  const lines = log.lines.filter((line) => line.kind !== 'line' || !isBlockLine(line.text)).slice(-shown);
  return (
    <Panel className="min-w-0">
      <PanelHeader
        title={t('title')}
        actions={
          <Button asChild variant="quiet" size="small">
            <Link href={`/instances/${instance.instanceId}/logs`}>{t('all')}</Link>
          </Button>
        }
      />
      <PanelBody>
        {lines.length === 0 ? (
          <p className="min-h-[11rem] text-ink-soft text-sm">{log.ready ? t('none') : null}</p>
        ) : (
          <ol className="flex min-h-[11rem] flex-col gap-0.5 overflow-hidden font-mono text-xs leading-5">
            {lines.map((line) => (
              <li key={line.id} className="flex gap-3">
                <time className="tabular shrink-0 text-ink-faint">{format.clockSeconds(line.at)}</time>
                <span className="min-w-0 truncate">
                  {line.kind === 'line' || line.kind === 'part' ? stripAnsi(line.text) : describe(line).text}
                </span>
              </li>
            ))}
          </ol>
        )}
      </PanelBody>
    </Panel>
  );
}
