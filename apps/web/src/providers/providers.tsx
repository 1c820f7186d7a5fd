import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { ApiProvider } from '@/api/api-context.tsx';
import { QueryProvider } from './query-provider.tsx';
import { ThemeProvider } from './theme-provider.tsx';
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
      <ThemeProvider>
        <ApiProvider baseUrl={apiUrl}>
          <QueryProvider>{children}</QueryProvider>
        </ApiProvider>
      </ThemeProvider>
      <TimeZone known={timeZoneKnown} />
    </NextIntlClientProvider>
  );
}
