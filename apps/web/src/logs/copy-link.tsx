'use client';
import { Button } from '@zarpa/ui/components/button';
import type { LogRange } from '@zarpa/ui/components/log-viewer';
import { Check, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { writeRange } from './line-range.ts';

/** Copies the address of this page with the chosen lines. */
export function CopyLink({ range }: { range: LogRange }) {
  const t = useTranslations('logs.page');
  const [copied, setCopied] = useState<string | null>(null);
  const hash = writeRange(range);
  const done = copied === hash;
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(hash, window.location.href).href);
    setCopied(hash);
  };
  return (
    <Button size="small" onClick={() => void copy()}>
      {done ? <Check aria-hidden className="text-running-text" /> : <Link2 aria-hidden />}
      {done ? t('copied') : t('copyLink')}
    </Button>
  );
}
