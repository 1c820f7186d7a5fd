'use client';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

const List = lazy(() => import('./toast-list.tsx').then((parts) => ({ default: parts.ToastList })));

/** Shows what `toast` is told. Stands once in the page; arrives after everything else. */
export function Toaster(props: { theme: 'light' | 'dark' | 'system'; closeLabel: string }) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => setWanted(true), []);
  return wanted ? (
    <Suspense>
      <List {...props} />
    </Suspense>
  ) : null;
}

interface ToastOptions {
  description?: ReactNode;
  /** A message of the same id takes the place of the one before. */
  id?: string;
}

const show = (kind: 'success' | 'error' | 'message') => (title: ReactNode, options?: ToastOptions) =>
  void import('sonner').then(({ toast: sonner }) => sonner[kind](title, options));

/** Says something short at the edge of the page. */
export const toast = { success: show('success'), error: show('error'), message: show('message') };
