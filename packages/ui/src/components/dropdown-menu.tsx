'use client';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Slot } from './slot.tsx';

const load = () => import('./dropdown-menu-parts.tsx');
const Opened = lazy(() => load().then((parts) => ({ default: parts.OpenedMenu })));

/** One action of a menu. With `asChild` its only child is a link. */
export const DropdownItem = lazy(() => load().then((parts) => ({ default: parts.MenuItem })));
/** One choice among several; the chosen one has a tick. */
export const DropdownChoice = lazy(() => load().then((parts) => ({ default: parts.MenuChoice })));
/** A thin line between groups of actions. */
export const DropdownSeparator = lazy(() => load().then((parts) => ({ default: parts.MenuSeparator })));
/** A heading inside a menu. */
export const DropdownLabel = lazy(() => load().then((parts) => ({ default: parts.MenuLabel })));

/** What a menu is made of. */
export interface DropdownMenuProps {
  /** The one button that opens it. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}

/** A menu that opens from a button. Its code arrives when the button is first pointed at, focused or pressed. */
export function DropdownMenu(props: DropdownMenuProps) {
  const [used, setUsed] = useState(false);
  const closed = (
    <Slot
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setUsed(true)}
    >
      {props.trigger}
    </Slot>
  );
  if (!used) return closed;
  return (
    <Suspense fallback={closed}>
      <Opened {...props} />
    </Suspense>
  );
}
