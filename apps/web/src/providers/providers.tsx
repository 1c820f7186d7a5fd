import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { ApiProvider } from '@/api/api-context.tsx';
import { QueryProvider } from './query-provider.tsx';
import { ThemeFollower } from './theme-follower.tsx';
import { TimeZone } from './time-zone.tsx';

/** Everything that a page stands in. */
export function Providers({
  apiUrl,
  timeZoneKnown,
  children,
}: {
  apiUrl: string;
  timeZoneKnown: boolean;
  children: ReactNode;
}) {
  return (
    <NextIntlClientProvider>
      <ApiProvider baseUrl={apiUrl}>
        <QueryProvider>{children}</QueryProvider>
      </ApiProvider>
      <ThemeFollower />
      <TimeZone known={timeZoneKnown} />
    </NextIntlClientProvider>
  );
}
