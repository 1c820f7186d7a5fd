'use client';
import { lazy, type ReactNode } from 'react';
import { OnceOpened } from './once-opened.tsx';

const Opened = lazy(() => import('./alert-dialog-parts.tsx').then((parts) => ({ default: parts.OpenedAlertDialog })));

/** What a question is made of. */
export interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen and whether it can be undone. */
  description: ReactNode;
  cancelLabel: string;
  confirmLabel: string;
  pendingLabel?: string;
  pending?: boolean;
  error?: ReactNode;
  /** When given, the button opens only after this text has been typed. */
  typeToConfirm?: { text: string; label: ReactNode };
  onConfirm: () => void;
}

/** Asks before something that can't be taken back. Its code arrives when it is first opened. */
export function AlertDialog(props: AlertDialogProps) {
  return (
    <OnceOpened open={props.open}>
      <Opened {...props} />
    </OnceOpened>
  );
}
