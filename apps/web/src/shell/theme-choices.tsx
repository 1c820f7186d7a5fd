'use client';
import { DropdownChoice } from '@zarpa/ui/components/dropdown-menu';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTheme } from '@/providers/theme.ts';

const themes = [
  { key: 'light', icon: Sun },
  { key: 'dark', icon: Moon },
  { key: 'system', icon: Monitor },
] as const;

/** Light, dark and the system's, with a tick at the chosen one. */
export function ThemeChoices() {
  const t = useTranslations('shell');
  const { theme, setTheme } = useTheme();
  return themes.map(({ key, icon: Icon }) => (
    <DropdownChoice key={key} checked={theme === key} onSelect={() => setTheme(key)}>
      <Icon aria-hidden />
      {t(`themes.${key}`)}
    </DropdownChoice>
  ));
}
