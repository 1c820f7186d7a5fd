'use client';
import { Logo, LogoMark } from '@zarpa/ui/components/logo';
import { Tooltip } from '@zarpa/ui/components/tooltip';
import { cn } from '@zarpa/ui/lib/cn';
import { FlaskConical, type LucideIcon, PanelLeftClose, PanelLeftOpen, Plus } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useGithub } from '@/api/github.ts';
import { useSession } from '@/api/session.ts';
import { sections } from './sections.ts';

const entry =
  'flex h-9 items-center gap-3 rounded-lg px-2.5 text-sm text-ink-soft transition-colors hover:bg-raised hover:text-ink [&_svg]:size-[1.125rem] [&_svg]:shrink-0 [&_svg]:stroke-[1.5]';

/** The sections, at the left of wide screens. */
export function Rail({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const t = useTranslations('shell');
  const path = usePathname();
  return (
    <aside
      className={cn(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-line border-r bg-surface transition-[width] sm:flex',
        collapsed ? 'w-[3.75rem]' : 'w-56',
      )}
    >
      <Link href="/instances" aria-label="Zarpa" className="flex h-14 items-center px-4">
        {collapsed ? <LogoMark /> : <Logo />}
      </Link>
      <nav aria-label={t('sectionsLabel')} className="flex flex-col gap-0.5 px-3 pt-2">
        {sections.map(({ key, href, icon: Icon }) => (
          <RailTip key={key} label={t(`sections.${key}`)} collapsed={collapsed}>
            <Link
              href={href}
              aria-current={path.startsWith(href) ? 'page' : undefined}
              className={cn(entry, path.startsWith(href) && 'bg-raised font-medium text-ink')}
            >
              <Icon aria-hidden />
              <span className={cn(collapsed && 'sr-only')}>{t(`sections.${key}`)}</span>
            </Link>
          </RailTip>
        ))}
        <RailTip label={t('newInstance')} collapsed={collapsed}>
          <Link href="/instances/new" className={entry}>
            <Plus aria-hidden />
            <span className={cn(collapsed && 'sr-only')}>{t('newInstance')}</span>
          </Link>
        </RailTip>
      </nav>
      <div className="mt-auto flex flex-col gap-0.5 p-3">
        <SandboxLink collapsed={collapsed} />
        <RailTip label={t('expandRail')} collapsed={collapsed}>
          <button type="button" onClick={onToggle} aria-expanded={!collapsed} className={entry}>
            <ToggleIcon icon={collapsed ? PanelLeftOpen : PanelLeftClose} />
            <span className={cn(collapsed && 'sr-only')}>{collapsed ? t('expandRail') : t('collapseRail')}</span>
          </button>
        </RailTip>
      </div>
    </aside>
  );
}

const ToggleIcon = ({ icon: Icon }: { icon: LucideIcon }) => <Icon aria-hidden />;

function RailTip({ label, collapsed, children }: { label: string; collapsed: boolean; children: ReactNode }) {
  if (!collapsed) return children;
  return (
    <Tooltip label={label} side="right">
      {children}
    </Tooltip>
  );
}

function SandboxLink({ collapsed }: { collapsed: boolean }) {
  const t = useTranslations('shell');
  const github = useGithub(useSession().data != null);
  if (!github.data?.sandbox) return null;
  return (
    <RailTip label={t('sandbox')} collapsed={collapsed}>
      <a href={github.data.webUrl} target="_blank" rel="noreferrer" className={entry}>
        <FlaskConical aria-hidden />
        <span className={cn(collapsed && 'sr-only')}>{t('sandbox')}</span>
      </a>
    </RailTip>
  );
}
