'use client';
import { Button } from '@zarpa/ui/components/button';
import { DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { Languages } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy } from 'react';

const LanguageChoices = lazy(() =>
  import('./language-choices.tsx').then((module) => ({ default: module.LanguageChoices })),
);

/** Chooses the language; the page changes in place. */
export function LanguageMenu() {
  const t = useTranslations('shell');
  return (
    <DropdownMenu
      trigger={
        <Button variant="quiet" className="w-control px-0" aria-label={t('language')} title={t('language')}>
          <Languages aria-hidden />
        </Button>
      }
    >
      <LanguageChoices />
    </DropdownMenu>
  );
}
