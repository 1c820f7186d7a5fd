'use client';
import type { InstanceView, LogLine } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { stripAnsi } from '@zarpa/ui/lib/ansi';
import { isBlockLine } from '@zarpa/ui/lib/block-art';
import { cn } from '@zarpa/ui/lib/cn';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { asInstanceId } from '@/api/ids.ts';
import { useLiveLog } from '@/api/logs.ts';
import { useFormat } from '@/format/use-format.ts';
import { useLogMarker } from '@/logs/use-log-marker.tsx';

const usual = 8;
/** Enough for a stack trace with what led to it. */
const afterCrash = 20;

/** The newest lines of the log, as they come; `wrapped` shows more of them and each in full. */
export function LastLines({ instance, wrapped = false }: { instance: InstanceView; wrapped?: boolean }) {
  const t = useTranslations('overview.lines');
  const log = useLiveLog({ kind: 'run', instanceId: asInstanceId(instance.instanceId) });
  const lines = log.lines.filter(wrapped ? isNoDrawing : isText).slice(wrapped ? -afterCrash : -usual);
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
              <Line key={line.id} line={line} wrapped={wrapped} />
            ))}
          </ol>
        )}
      </PanelBody>
    </Panel>
  );
}

const tints = {
  running: 'text-running-text',
  busy: 'text-busy-text',
  warn: 'text-warn-text',
  fail: 'text-fail-text',
  idle: 'text-ink-soft',
} as const;

const isNoDrawing = ({ kind, text }: LogLine): boolean => kind !== 'line' || !isBlockLine(text);
const isText = (line: LogLine): boolean => isNoDrawing(line) && (line.kind !== 'line' || line.text.trim() !== '');

function Line({ line, wrapped }: { line: LogLine; wrapped: boolean }) {
  const format = useFormat();
  const describe = useLogMarker();
  const marker = line.kind === 'line' || line.kind === 'part' ? undefined : describe(line);
  return (
    <li className="flex gap-3">
      <time className="tabular shrink-0 text-ink-faint">{format.clockSeconds(line.at)}</time>
      <span
        className={cn(
          'min-w-0',
          wrapped ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'truncate whitespace-pre',
          marker && ['font-medium font-sans', tints[marker.tone]],
        )}
      >
        {marker ? marker.text : stripAnsi(line.text)}
      </span>
    </li>
  );
}
