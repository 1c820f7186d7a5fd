'use client';
import { Button } from '@zarpa/ui/components/button';
import { LogoMark } from '@zarpa/ui/components/logo';
import { ChevronRight, MessageCircle, Plus, QrCode, Timer } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useGithub } from '@/api/github.ts';
import { Page } from '@/shell/page.tsx';

const samples = [
  { key: 'echo', repository: 'zarpa-exemplos/bot-eco-node', icon: MessageCircle },
  { key: 'reminders', repository: 'zarpa-exemplos/bot-lembretes-ts', icon: Timer },
  { key: 'qr', repository: 'zarpa-exemplos/bot-qrcode', icon: QrCode },
] as const;

/** The list before there is anything in it: one sentence, one button, three bots to start from. */
export function FirstInstance() {
  const t = useTranslations('instances.empty');
  const shell = useTranslations('shell');
  const github = useGithub();
  return (
    <Page className="items-center justify-center">
      <div className="flex w-full max-w-xl flex-col items-center gap-5 text-center">
        <LogoMark className="size-12" />
        <div>
          <h1 className="font-semibold text-2xl">{t('title')}</h1>
          <p className="mt-1.5 text-pretty text-base text-ink-soft">{t('description')}</p>
        </div>
        <Button asChild variant="primary" size="large">
          <Link href="/instances/new">
            <Plus aria-hidden />
            {shell('newInstance')}
          </Link>
        </Button>
        {github.data?.sandbox ? (
          <section aria-labelledby="samples" className="mt-6 w-full text-left">
            <h2 id="samples" className="mb-2 text-ink-faint text-xs">
              {t('samples')}
            </h2>
            <ul className="overflow-hidden rounded-xl border border-line bg-surface">
              {samples.map(({ key, repository, icon: Icon }) => (
                <li key={key} className="border-line not-last:border-b">
                  <Link
                    href={`/instances/new?repository=${encodeURIComponent(repository)}`}
                    className="flex items-center gap-3 px-4 py-3 outline-offset-[-2px] transition-colors hover:bg-raised/60"
                  >
                    <Icon aria-hidden className="size-5 shrink-0 text-brand" strokeWidth={1.5} />
                    <span className="min-w-0 flex-1">
                      <span className="block font-medium text-base">{t(`${key}.name`)}</span>
                      <span className="block text-ink-soft text-sm">{t(`${key}.text`)}</span>
                    </span>
                    <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Page>
  );
}
