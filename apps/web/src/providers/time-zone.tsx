'use client';
import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect } from 'react';
import { writeCookie } from '@/providers/cookie.ts';

/** Tells the server the reader's time zone once, so that both write the same hour. */
export function TimeZone({ known }: { known: boolean }) {
  const used = useTimeZone();
  const router = useRouter();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (known && own === used) return;
    writeCookie('zarpa_time_zone', own);
    if (own !== used) router.refresh();
  }, [known, used, router]);
  return null;
}
