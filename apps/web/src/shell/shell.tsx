'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { writeCookie } from '@/providers/cookie.ts';
import { BottomBar } from './bottom-bar.tsx';
import { CommandsProvider } from './commands.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { Rail } from './rail.tsx';
import { SessionGate } from './session-gate.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame around every page of the dashboard. */
export function Shell({ startCollapsed, children }: { startCollapsed: boolean; children: ReactNode }) {
  const t = useTranslations('shell');
  const [collapsed, setCollapsed] = useState(startCollapsed);
  const toggle = () => {
    writeCookie('zarpa_rail', collapsed ? 'open' : 'collapsed');
    setCollapsed(!collapsed);
  };
  return (
    <CommandsProvider>
      <a
        href="#content"
        className="-translate-y-20 fixed top-2 left-2 z-60 rounded-lg bg-brand px-4 py-2 font-medium text-brand-ink focus:translate-y-0"
      >
        {t('skipToContent')}
      </a>
      <div className="flex min-h-dvh">
        <Rail collapsed={collapsed} onToggle={toggle} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar />
          <ConnectionBar />
          <main id="content" className="flex flex-1 flex-col pb-20 sm:pb-0">
            <SessionGate>{children}</SessionGate>
          </main>
        </div>
      </div>
      <BottomBar />
      <Toasts />
    </CommandsProvider>
  );
}
