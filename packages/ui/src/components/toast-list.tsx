'use client';
import { Toaster as Sonner } from 'sonner';

/** Draws the messages; import `Toaster` instead, which loads it after the page. */
export function ToastList({ theme, closeLabel }: { theme: 'light' | 'dark' | 'system'; closeLabel: string }) {
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      offset={20}
      mobileOffset={{ bottom: 76 }}
      toastOptions={{
        closeButtonAriaLabel: closeLabel,
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-sm text-ink shadow-menu sm:w-[356px]',
          title: 'font-medium',
          description: 'text-ink-soft',
          icon: 'mt-0.5 text-ink-faint [&_svg]:size-4',
          error: '[&_[data-icon]]:text-fail-text',
          success: '[&_[data-icon]]:text-running-text',
          actionButton:
            'ml-auto shrink-0 self-center rounded-md border border-line-strong px-2.5 py-1 text-xs font-medium',
        },
      }}
    />
  );
}
