'use client';
import { DropdownChoice } from '@zarpa/ui/components/dropdown-menu';
import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { type Locale, localeCookie, localeNames, locales } from '@/i18n/locales.ts';
import { writeCookie } from '@/providers/cookie.ts';

/** Every language by its own name, with a tick at the chosen one. */
export function LanguageChoices() {
  const current = useLocale();
  const router = useRouter();
  const choose = (locale: Locale) => {
    writeCookie(localeCookie, locale);
    router.refresh();
  };
  return locales.map((locale) => (
    <DropdownChoice key={locale} checked={locale === current} onSelect={() => choose(locale)}>
      <span lang={locale}>{localeNames[locale]}</span>
    </DropdownChoice>
  ));
}
