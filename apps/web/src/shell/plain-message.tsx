import type { ReactNode } from 'react';

/** The look of the primary button for pages that must stay light. */
export const plainButton =
  'inline-flex h-control items-center rounded-lg bg-brand px-3.5 font-medium text-brand-ink text-sm shadow-button hover:bg-brand/88';

/** A page that says one thing. Made of nothing but markup: it is part of what every page loads. */
export function PlainMessage({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <main className="flex min-h-[70dvh] flex-col items-center justify-center gap-4 px-6 text-center">
      <h1 className="font-semibold text-xl">{title}</h1>
      <p className="max-w-md text-pretty text-base text-ink-soft">{text}</p>
      {action}
    </main>
  );
}
