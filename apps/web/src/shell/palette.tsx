'use client';
import { CommandMenu } from '@zarpa/ui/components/command-menu';
import { StateMark } from '@zarpa/ui/components/state-badge';
import { Languages, Layers, Monitor, Moon, Plus, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useInstances } from '@/api/instances.ts';
import { localeCookie, localeNames, locales } from '@/i18n/locales.ts';
import { toneOf } from '@/instance/state.ts';
import { writeCookie } from '@/providers/cookie.ts';
import { useTheme } from '@/providers/theme.ts';
import { askToLeave } from './leaving.ts';

/** Search over instances, and what can be done from anywhere. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('shell');
  const state = useTranslations('state');
  const router = useRouter();
  const { setTheme } = useTheme();
  const go = (href: string) => askToLeave(href, (how) => router[how](href));
  const instances = useInstances().data?.items ?? [];
  const groups = [
    {
      heading: t('sections.instances'),
      entries: instances.map((instance) => ({
        id: instance.instanceId,
        label: instance.name,
        keywords: [instance.source.repository, instance.source.branch],
        icon: <StateMark tone={toneOf(instance)} />,
        note: state(`words.${instance.state}`),
        run: () => go(`/instances/${instance.instanceId}`),
      })),
    },
    {
      heading: t('goTo'),
      entries: [
        { id: 'go-instances', label: t('sections.instances'), icon: <Layers />, run: () => go('/instances') },
        { id: 'go-new', label: t('newInstance'), icon: <Plus />, run: () => go('/instances/new') },
      ],
    },
    {
      heading: t('appearance'),
      entries: [
        { id: 'theme-light', label: t('themes.light'), icon: <Sun />, run: () => setTheme('light') },
        { id: 'theme-dark', label: t('themes.dark'), icon: <Moon />, run: () => setTheme('dark') },
        { id: 'theme-system', label: t('themes.system'), icon: <Monitor />, run: () => setTheme('system') },
        ...locales.map((locale) => ({
          id: `language-${locale}`,
          label: localeNames[locale],
          keywords: [t('language')],
          icon: <Languages />,
          run: () => {
            writeCookie(localeCookie, locale);
            router.refresh();
          },
        })),
      ],
    },
  ].filter((group) => group.entries.length > 0);
  return (
    <CommandMenu
      open={open}
      onOpenChange={onOpenChange}
      label={t('searchOrRun')}
      placeholder={t('searchPlaceholder')}
      emptyText={t('searchEmpty')}
      groups={groups}
    />
  );
}
