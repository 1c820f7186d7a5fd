import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { localeCookie } from './locales.ts';
import { loadMessages } from './messages.ts';
import { pickLocale } from './pick-locale.ts';
import { pickTimeZone } from './time-zone.ts';

export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = pickLocale(jar.get(localeCookie)?.value, head.get('accept-language'));
  const timeZone = pickTimeZone(jar.get('zarpa_time_zone')?.value);
  return { locale, messages: await loadMessages(locale), timeZone, now: new Date() };
});
