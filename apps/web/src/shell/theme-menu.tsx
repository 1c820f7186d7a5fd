'use client';
import { Button } from '@zarpa/ui/components/button';
import { DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy } from 'react';

const ThemeChoices = lazy(() => import('./theme-choices.tsx').then((module) => ({ default: module.ThemeChoices })));

/** Chooses light, dark or the system's. */
export function ThemeMenu() {
  const t = useTranslations('shell');
  return (
    <DropdownMenu
      trigger={
        <Button variant="quiet" className="w-control px-0" aria-label={t('theme')} title={t('theme')}>
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </Button>
      }
    >
      <ThemeChoices />
    </DropdownMenu>
  );
}
