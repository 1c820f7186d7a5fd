'use client';
import { lazy, type ReactNode } from 'react';
import { OnceOpened } from './once-opened.tsx';

const Opened = lazy(() => import('./dialog-parts.tsx').then((parts) => ({ default: parts.OpenedDialog })));

/** What a dialog is made of. */
export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  closeLabel: string;
  /** Its buttons. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** A dialog with a title. Its code arrives when it is first opened. */
export function Dialog(props: DialogProps) {
  return (
    <OnceOpened open={props.open}>
      <Opened {...props} />
    </OnceOpened>
  );
}
