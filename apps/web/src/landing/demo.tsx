import { MemoryBar } from '@zarpa/ui/components/memory-bar';
import { QrCode } from '@zarpa/ui/components/qr-code';
import { Sparkline } from '@zarpa/ui/components/sparkline';
import { StateMark } from '@zarpa/ui/components/state-badge';
import { GitBranch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { demoCode } from './demo-code.ts';

const megabyte = 1_048_576;
const memory = [61, 63, 62, 66, 70, 69, 72, 78, 74, 76, 81, 79, 77, 82, 86, 83, 80, 84, 88, 85, 83, 84];
const lines = [
  { time: '14:02:07', text: 'order', tone: '' },
  { time: '14:02:07', text: 'reply', tone: 'text-(--log-green)' },
] as const;

/** A picture of the dashboard made of its own parts; an illustration, nothing of it is live. */
export function Demo() {
  const t = useTranslations('landing.demo');
  return (
    <div
      role="img"
      aria-label={t('label')}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface shadow-dialog"
    >
      <div className="flex items-center gap-3 border-line border-b px-5 py-4">
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold text-base">{t('name')}</p>
          <p className="mt-0.5 flex items-center gap-2 text-ink-soft text-sm">
            <StateMark tone="running" />
            <span className="truncate">{t('since')}</span>
          </p>
        </div>
        <Sparkline values={memory} ceiling={110} label={t('since')} className="h-9 w-28" />
      </div>
      <div className="flex items-center gap-4 border-line border-b px-5 py-3 text-ink-soft text-xs">
        <span className="flex min-w-0 items-center gap-1.5">
          <GitBranch className="size-3.5 shrink-0" strokeWidth={1.5} />
          <span className="truncate font-mono">marina/pizzaria-bot @ main</span>
        </span>
        <MemoryBar
          usedBytes={84 * megabyte}
          limitBytes={256 * megabyte}
          label={t('since')}
          className="ml-auto max-w-28"
        />
      </div>
      <div className="overflow-hidden py-3 font-mono text-sm leading-6">
        <DemoLine time="14:01:52">
          <span className="text-ink-faint">$</span> node src/bot.js
        </DemoLine>
        <DemoLine time="14:01:53">
          <span className="text-(--log-cyan)">baileys</span> v7 socket ready
        </DemoLine>
        <DemoLine time="14:01:54">
          <span className="flex items-center gap-4 rounded-lg border border-line bg-raised/50 p-3 font-sans">
            <QrCode matrix={demoCode} label={t('scan')} className="size-24 shrink-0 rounded-md sm:size-28" />
            <span className="min-w-0 whitespace-normal">
              <span className="block font-medium text-base">{t('scan')}</span>
              <span className="block text-ink-soft text-sm max-sm:hidden">{t('scanHint')}</span>
            </span>
          </span>
        </DemoLine>
        <p className="flex items-center gap-2 px-5 py-1 font-sans text-running-text text-xs">
          <span className="h-px w-6 bg-current opacity-40" />
          <StateMark tone="running" className="size-2.5" />
          {t('connected')}
          <span className="h-px flex-1 bg-current opacity-40" />
        </p>
        {lines.map((line) => (
          <DemoLine key={line.text} time={line.time}>
            <span className={line.tone}>{t(line.text)}</span>
          </DemoLine>
        ))}
      </div>
    </div>
  );
}

function DemoLine({ time, children }: { time: string; children: ReactNode }) {
  return (
    <p className="flex gap-4 px-5">
      <span className="tabular shrink-0 text-ink-faint text-xs leading-6">{time}</span>
      <span className="min-w-0 truncate">{children}</span>
    </p>
  );
}
