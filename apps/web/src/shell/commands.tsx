'use client';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useMemo, useState } from 'react';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));

const CommandsContext = createContext<{ open: () => void }>({ open: () => {} });

/** Opens the search over everything. */
export const useCommands = () => useContext(CommandsContext);

/** Ctrl K (or Cmd K) opens search and commands on every page; they load at the first use. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setWanted(true);
      setShown((before) => !before);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const value = useMemo(
    () => ({
      open: () => {
        setWanted(true);
        setShown(true);
      },
    }),
    [],
  );
  return (
    <CommandsContext value={value}>
      {children}
      {wanted ? (
        <Suspense>
          <Palette open={shown} onOpenChange={setShown} />
        </Suspense>
      ) : null}
    </CommandsContext>
  );
}
