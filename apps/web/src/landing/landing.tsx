'use client';
import { Button } from '@zarpa/ui/components/button';
import { Logo } from '@zarpa/ui/components/logo';
import { ArrowRight, CopyX, GitBranch, QrCode } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSession } from '@/api/session.ts';
import { LanguageMenu } from '@/shell/language-menu.tsx';
import { ThemeMenu } from '@/shell/theme-menu.tsx';
import { Demo } from './demo.tsx';
import { PlanPrices } from './plan-prices.tsx';
import { TryNow } from './try-now.tsx';

const facts = [
  { key: 'push', icon: GitBranch },
  { key: 'logs', icon: QrCode },
  { key: 'once', icon: CopyX },
] as const;

/** The first page: what Zarpa does, and the button that starts without sign-up. */
export function Landing() {
  const t = useTranslations('landing');
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1200px] flex-col px-5 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Logo />
        <div className="flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main className="flex flex-1 flex-col gap-20 pt-10 pb-16 sm:gap-28 sm:pt-20">
        <section className="grid items-center gap-12 lg:grid-cols-[minmax(0,11fr)_minmax(0,12fr)] lg:gap-16">
          <div className="flex flex-col gap-6">
            <h1 className="text-balance font-semibold text-4xl tracking-[-0.035em] sm:text-5xl">{t('headline')}</h1>
            <p className="max-w-lg text-pretty text-ink-soft text-lg">{t('lead')}</p>
            <div className="flex flex-col gap-3">
              <Start />
              <p className="text-ink-faint text-sm">{t('noSignUp')}</p>
            </div>
          </div>
          <Demo />
        </section>
        <section className="grid gap-x-12 gap-y-10 border-line border-t pt-12 sm:grid-cols-3">
          {facts.map(({ key, icon: Icon }) => (
            <div key={key} className="flex flex-col gap-2">
              <Icon aria-hidden className="size-5 text-brand" strokeWidth={1.5} />
              <h2 className="mt-1 font-semibold text-lg">{t(`facts.${key}.title`)}</h2>
              <p className="text-pretty text-ink-soft text-base">{t(`facts.${key}.text`)}</p>
            </div>
          ))}
        </section>
        <PlanPrices />
      </main>
      <footer className="border-line border-t py-6 text-ink-faint text-sm">{t('footer')}</footer>
    </div>
  );
}

function Start() {
  const t = useTranslations('landing');
  const session = useSession();
  if (!session.data) return <TryNow large />;
  return (
    <div>
      <Button asChild variant="primary" size="large">
        <Link href="/instances">
          {t('open')}
          <ArrowRight aria-hidden />
        </Link>
      </Button>
    </div>
  );
}
