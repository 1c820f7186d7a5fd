'use client';
import { type ReactNode, type SyntheticEvent, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Kbd } from './kbd.tsx';

type Side = 'bottom' | 'right';

const delayMs = 400;
const gapPx = 6;

/** Explains the control it surrounds on hover and on keyboard focus. Never the only carrier of a fact: the control has a name of its own. */
export function Tooltip({
  label,
  shortcut,
  side = 'bottom',
  children,
}: {
  label: ReactNode;
  shortcut?: string;
  side?: Side;
  children: ReactNode;
}) {
  const [control, setControl] = useState<Element | null>(null);
  const [shown, setShown] = useState(false);
  const hide = () => {
    setControl(null);
    setShown(false);
  };
  const aim = (event: SyntheticEvent) => setControl(event.currentTarget.firstElementChild);
  useEffect(() => {
    if (!control) return;
    const timer = setTimeout(() => setShown(true), delayMs);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setControl(null);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, [control]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to the control inside, adds no interaction
    <span
      className="contents"
      onPointerEnter={(event) => (event.pointerType === 'touch' ? undefined : aim(event))}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => (event.target.matches(':focus-visible') ? aim(event) : undefined)}
      onBlur={hide}
    >
      {children}
      {shown && control ? (
        <Bubble control={control} side={side}>
          {label}
          {shortcut ? <Kbd className="border-background/30 bg-transparent text-background/80">{shortcut}</Kbd> : null}
        </Bubble>
      ) : null}
    </span>
  );
}

function Bubble({ control, side, children }: { control: Element; side: Side; children: ReactNode }) {
  const box = control.getBoundingClientRect();
  const place =
    side === 'right'
      ? { left: box.right + gapPx, top: box.top + box.height / 2, translate: '0 -50%' }
      : {
          left: Math.min(Math.max(box.left + box.width / 2, 72), window.innerWidth - 72),
          top: box.bottom + gapPx,
          translate: '-50% 0',
        };
  return createPortal(
    <span
      role="tooltip"
      style={place}
      className="pointer-events-none fixed z-60 flex w-max max-w-72 animate-fade items-center gap-2 rounded-md bg-ink px-2 py-1 text-background text-xs shadow-menu"
    >
      {children}
    </span>,
    document.body,
  );
}
