'use client';
import { cn } from '@zarpa/ui/lib/cn';
import { Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCommands } from './commands.tsx';
import { sections } from './sections.ts';

const entry =
  'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-ink-soft aria-[current]:font-medium aria-[current]:text-brand [&_svg]:size-5 [&_svg]:stroke-[1.5]';

/** The sections, at the thumb's reach on phones. */
export function BottomBar() {
  const t = useTranslations('shell');
  const path = usePathname();
  const { open } = useCommands();
  return (
    <nav
      aria-label={t('sectionsLabel')}
      className="fixed inset-x-0 bottom-0 z-40 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {sections.map(({ key, href, icon: Icon }) => {
        const current = path.startsWith(href) && path !== '/instances/new';
        return (
          <Link key={key} href={href} aria-current={current ? 'page' : undefined} className={entry}>
            <Icon aria-hidden />
            {t(`sections.${key}`)}
          </Link>
        );
      })}
      <Link href="/instances/new" aria-current={path === '/instances/new' ? 'page' : undefined} className={entry}>
        <Plus aria-hidden />
        {t('new')}
      </Link>
      <button type="button" onClick={open} className={cn(entry)}>
        <Search aria-hidden />
        {t('search')}
      </button>
    </nav>
  );
}
