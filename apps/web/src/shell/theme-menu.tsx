'use client';
import { Button } from '@zarpa/ui/components/button';
import { DropdownChoice, DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';

const themes = [
  { key: 'light', icon: Sun },
  { key: 'dark', icon: Moon },
  { key: 'system', icon: Monitor },
] as const;

/** Chooses light, dark or the system's. */
export function ThemeMenu() {
  const t = useTranslations('shell');
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      trigger={
        <Button variant="quiet" className="w-control px-0" aria-label={t('theme')} title={t('theme')}>
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </Button>
      }
    >
      {themes.map(({ key, icon: Icon }) => (
        <DropdownChoice key={key} checked={theme === key} onSelect={() => setTheme(key)}>
          <Icon aria-hidden />
          {t(`themes.${key}`)}
        </DropdownChoice>
      ))}
    </DropdownMenu>
  );
}
