'use client';
import type { LogMarker, LogViewerLine } from '@zarpa/ui/components/log-viewer';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useFormat } from '@/format/use-format.ts';
import { reasonValues } from '@/instance/reason-values.ts';

const failures = new Set(['crashed', 'out_of_memory', 'start_failed', 'killed', 'evicted', 'node_lost', 'volume_full']);
const plain = new Set([
  'command',
  'fetching',
  'planned',
  'publishing',
  'artifact_reused',
  'memory_limit_changed',
  'restarted_for_upgrade',
]);
const values = [
  'command',
  'repository',
  'commit',
  'runtime',
  'version',
  'planned',
  'running',
  'packages',
  'limitMb',
  'beforeMb',
] as const;

/** The sentence of an entry that the engine or Zarpa wrote between the bot's lines. */
export function useLogMarker(): (line: LogViewerLine) => LogMarker {
  const t = useTranslations('logs.markers');
  const reasons = useTranslations('reason');
  const format = useFormat();
  return useCallback(
    ({ kind, text, data }) => {
      const code = data?.code ?? '';
      const sentence = (name: string): string | undefined =>
        reasons.has(`${name}.text`) ? reasons(`${name}.text`, reasonValues({ params: data ?? {} })) : undefined;
      switch (kind) {
        case 'started':
          return { tone: 'running', text: t('started') };
        case 'exited': {
          const reason = sentence(code);
          const exitCode = data?.exitCode ?? 'none';
          if (reason === undefined) return { tone: 'idle', text: t('stopped', { exitCode }) };
          const said = reason.includes(exitCode);
          return {
            tone: failures.has(code) ? 'fail' : 'idle',
            text: t('exited', { reason: capitalised(reason), exitCode: said ? 'none' : exitCode }),
          };
        }
        case 'dropped':
          return { tone: 'warn', text: t('dropped', { count: Number(data?.count ?? 0) }) };
        default: {
          if (!t.has(`notices.${code}`)) return { tone: 'idle', text };
          const given = Object.fromEntries(values.map((name) => [name, data?.[name] ?? '']));
          const reason = sentence(data?.reason ?? '') ?? '';
          const count = format.number(Number(data?.count ?? 0));
          return {
            tone: toneOf(code),
            text: t.rich(`notices.${code}`, {
              ...given,
              reason,
              count,
              code: (chunks) => <code className="font-mono text-ink">{chunks}</code>,
            }),
          };
        }
      }
    },
    [t, reasons, format],
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function toneOf(code: string): LogMarker['tone'] {
  if (code === 'build_failed') return 'fail';
  if (code === 'build_succeeded') return 'running';
  return plain.has(code) ? 'idle' : 'warn';
}
