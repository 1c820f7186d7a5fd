/** The languages of the interface; the first is the default. */
export const locales = ['pt-BR', 'en', 'es'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'pt-BR';

/** Cookie that keeps the chosen language. */
export const localeCookie = 'zarpa_locale';

/** Each language by its own name. */
export const localeNames: Record<Locale, string> = { 'pt-BR': 'Português', en: 'English', es: 'Español' };
