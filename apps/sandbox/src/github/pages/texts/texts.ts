import type { Language } from '../language.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { portuguese } from './pt-br.ts';

export type Texts = { readonly [Key in keyof typeof portuguese]: string };

const catalogs: Readonly<Record<Language, Texts>> = { 'pt-BR': portuguese, en: english, es: spanish };

export function textsOf(language: Language): Texts {
  return catalogs[language];
}
