'use client';
import { AlertDialog as Radix } from 'radix-ui';
import { useId, useState } from 'react';
import type { AlertDialogProps } from './alert-dialog.tsx';
import { Button } from './button.tsx';
import { dialogClasses } from './dialog-parts.tsx';
import { Input } from './input.tsx';

/** The dialog itself; import `AlertDialog` instead, which loads it when first opened. */
export function OpenedAlertDialog({ open, onOpenChange, ...rest }: AlertDialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-overlay" />
        <Radix.Content className={dialogClasses}>
          <AlertDialogBody {...rest} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function AlertDialogBody({
  title,
  description,
  cancelLabel,
  confirmLabel,
  pendingLabel,
  pending = false,
  error,
  typeToConfirm,
  onConfirm,
}: Omit<AlertDialogProps, 'open' | 'onOpenChange'>) {
  const [typed, setTyped] = useState('');
  const inputId = useId();
  const locked = typeToConfirm !== undefined && typed.trim() !== typeToConfirm.text;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!locked && !pending) onConfirm();
      }}
    >
      <div className="flex flex-col gap-3 p-5">
        <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
        <Radix.Description asChild>
          <div className="text-ink-soft text-sm">{description}</div>
        </Radix.Description>
        {typeToConfirm ? (
          <div className="mt-2 flex flex-col gap-1.5">
            <label htmlFor={inputId} className="text-ink-soft text-sm">
              {typeToConfirm.label}
            </label>
            <Input id={inputId} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
          </div>
        ) : null}
        {error ? (
          <p role="alert" className="text-fail-text text-sm">
            {error}
          </p>
        ) : null}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-raised/60 px-5 py-3">
        <Radix.Cancel asChild>
          <Button>{cancelLabel}</Button>
        </Radix.Cancel>
        <Button type="submit" variant="danger" disabled={locked} pending={pending} pendingLabel={pendingLabel}>
          {confirmLabel}
        </Button>
      </footer>
    </form>
  );
}
