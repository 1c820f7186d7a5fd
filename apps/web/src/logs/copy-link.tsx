'use client';
import { Button } from '@zarpa/ui/components/button';
import { Check, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** Copies the address as it is now, chosen lines included. */
export function CopyLink() {
  const t = useTranslations('logs.page');
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied !== null && copied === window.location.href;
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setCopied(window.location.href);
  };
  return (
    <Button size="small" onClick={() => void copy()}>
      {done ? <Check aria-hidden className="text-running-text" /> : <Link2 aria-hidden />}
      {done ? t('copied') : t('copyLink')}
    </Button>
  );
}
