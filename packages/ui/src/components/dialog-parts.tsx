'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { cn } from '../lib/cn.ts';
import type { DialogProps } from './dialog.tsx';

/** The look of everything that opens above the page: centred, on phones a sheet at the bottom. */
export const dialogClasses =
  'fixed z-50 flex max-h-[calc(100dvh-2rem)] flex-col overflow-hidden border border-line bg-surface shadow-dialog animate-enter inset-x-0 bottom-0 rounded-t-xl sm:inset-x-auto sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:w-full sm:max-w-lg sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl';

/** The dialog itself; import `Dialog` instead, which loads it when first opened. */
export function OpenedDialog({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  footer,
  className,
  children,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-overlay" />
        <Radix.Content
          className={cn(dialogClasses, className)}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-5 pb-3">
            <div>
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-ink-soft text-sm">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label={closeLabel}
              className="-mt-1 -mr-1 grid size-8 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-raised hover:text-ink pointer-coarse:size-11"
            >
              <X aria-hidden className="size-4" strokeWidth={1.5} />
            </Radix.Close>
          </header>
          <div className="scroll-slim min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-raised/60 px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
