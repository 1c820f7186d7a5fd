import type { AbstractIntlMessages } from 'next-intl';
import type { Locale } from './locales.ts';

/** One file of `messages/<locale>/` each. */
export const namespaces = [
  'common',
  'shell',
  'landing',
  'state',
  'reason',
  'problem',
  'instances',
  'newInstance',
  'overview',
  'deployments',
  'logs',
  'environment',
  'settings',
] as const;

/** Every text of a language, by namespace. */
export async function loadMessages(locale: Locale): Promise<AbstractIntlMessages> {
  const files = await Promise.all(
    namespaces.map(async (name) => [name, (await import(`../../messages/${locale}/${name}.json`)).default] as const),
  );
  return Object.fromEntries(files);
}
