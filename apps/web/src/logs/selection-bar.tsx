'use client';
import type { LogLine } from '@zarpa/api-client';
import { CopyButton } from '@zarpa/ui/components/copy-button';
import { IconButton } from '@zarpa/ui/components/icon-button';
import type { LogRange } from '@zarpa/ui/components/log-viewer';
import { stripAnsi } from '@zarpa/ui/lib/ansi';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CopyLink } from './copy-link.tsx';

/** What can be done with the chosen lines: share them by link, copy their text. */
export function SelectionBar({
  lines,
  range,
  onClear,
}: {
  lines: readonly LogLine[];
  range: LogRange;
  onClear: () => void;
}) {
  const t = useTranslations('logs.page');
  if (lines.length === 0) return null;
  return (
    <section
      aria-label={t('selected', { count: lines.length })}
      className="absolute right-3 bottom-3 z-10 flex animate-enter items-center gap-1 rounded-xl border border-line-strong bg-surface py-1.5 pr-1.5 pl-3.5 shadow-menu max-sm:bottom-14"
    >
      <span role="status" className="tabular mr-1 whitespace-nowrap text-sm">
        {t('selected', { count: lines.length })}
      </span>
      <CopyLink range={range} />
      <CopyButton
        text={lines.map(({ text }) => stripAnsi(text)).join('\n')}
        label={t('copyText')}
        copiedLabel={t('copied')}
      />
      <IconButton size="small" label={t('clearSelection')} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
