'use client';
import { type ReactNode, Suspense, useState } from 'react';

/** Renders nothing until `open` has been true once; from then on its children stay. */
export function OnceOpened({ open, children }: { open: boolean; children: ReactNode }) {
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  return wanted ? <Suspense>{children}</Suspense> : null;
}
