'use client';
import { Badge } from '@zarpa/ui/components/badge';
import { Kbd } from '@zarpa/ui/components/kbd';
import { LogoMark } from '@zarpa/ui/components/logo';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSession } from '@/api/session.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { useCommands } from './commands.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { ThemeMenu } from './theme-menu.tsx';

/** Where one is, search, language and theme. */
export function TopBar() {
  const t = useTranslations('shell');
  const { open } = useCommands();
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-line border-b bg-background/90 px-4 backdrop-blur-sm sm:px-6">
      <Link href="/instances" aria-label="Zarpa" className="shrink-0 sm:hidden">
        <LogoMark />
      </Link>
      <Breadcrumb />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <button
          type="button"
          onClick={open}
          className="hidden h-9 items-center gap-2 rounded-lg border border-line bg-surface pr-2 pl-3 text-ink-faint text-sm transition-colors hover:border-line-strong hover:text-ink-soft sm:flex lg:w-56"
        >
          <Search aria-hidden className="size-4" strokeWidth={1.5} />
          <span className="max-lg:sr-only">{t('searchOrRun')}</span>
          <Kbd className="ml-auto">Ctrl K</Kbd>
        </button>
        <Owner />
        <LanguageMenu />
        <ThemeMenu />
      </div>
    </header>
  );
}

function Owner() {
  const t = useTranslations('shell');
  const session = useSession();
  if (!session.data) return null;
  const { github, kind } = session.data;
  if (github) return <Badge className="mx-2 max-sm:hidden">{github.login}</Badge>;
  return kind === 'guest' ? (
    <Badge className="mx-2 max-sm:hidden" title={t('guestHint')}>
      {t('guest')}
    </Badge>
  ) : null;
}
