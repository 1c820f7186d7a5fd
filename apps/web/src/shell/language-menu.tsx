'use client';
import { Button } from '@zarpa/ui/components/button';
import { DropdownChoice, DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type Locale, localeCookie, localeNames, locales } from '@/i18n/locales.ts';
import { writeCookie } from '@/providers/cookie.ts';

/** Chooses the language; the page changes in place. */
export function LanguageMenu() {
  const t = useTranslations('shell');
  const current = useLocale();
  const router = useRouter();
  const choose = (locale: Locale) => {
    writeCookie(localeCookie, locale);
    router.refresh();
  };
  return (
    <DropdownMenu
      trigger={
        <Button variant="quiet" className="w-control px-0" aria-label={t('language')} title={t('language')}>
          <Languages aria-hidden />
        </Button>
      }
    >
      {locales.map((locale) => (
        <DropdownChoice key={locale} checked={locale === current} onSelect={() => choose(locale)}>
          <span lang={locale}>{localeNames[locale]}</span>
        </DropdownChoice>
      ))}
    </DropdownMenu>
  );
}
