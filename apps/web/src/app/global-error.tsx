'use client';
import { useEffect, useState } from 'react';
import type { Locale } from '@/i18n/locales.ts';
import { PlainMessage, plainButton } from '@/shell/plain-message.tsx';
import './globals.css';

const texts: Record<Locale, { title: string; text: string; reload: string }> = {
  'pt-BR': {
    title: 'Esta página parou de funcionar',
    text: 'Foi um erro nosso. Seus bots não foram afetados. Recarregue para continuar.',
    reload: 'Recarregar',
  },
  en: {
    title: 'This page stopped working',
    text: 'It was our mistake. Your bots are not affected. Reload to go on.',
    reload: 'Reload',
  },
  es: {
    title: 'Esta página dejó de funcionar',
    text: 'Fue un error nuestro. Tus bots no se vieron afectados. Recarga para continuar.',
    reload: 'Recargar',
  },
};

const languages: Partial<Record<string, Locale>> = { pt: 'pt-BR', en: 'en', es: 'es' };

/** The first of the browser's languages that we speak. */
const spoken = (): Locale =>
  navigator.languages.map((tag) => languages[tag.slice(0, 2)]).find((locale) => locale !== undefined) ?? 'pt-BR';

/** The last resort, when even the frame with its languages failed: depends on nothing but itself. */
export default function GlobalError() {
  const [locale, setLocale] = useState<Locale>('pt-BR');
  useEffect(() => setLocale(spoken()), []);
  const { title, text, reload } = texts[locale];
  return (
    <html lang={locale}>
      <body>
        <PlainMessage
          title={title}
          text={text}
          action={
            <button type="button" className={plainButton} onClick={() => window.location.reload()}>
              {reload}
            </button>
          }
        />
      </body>
    </html>
  );
}
