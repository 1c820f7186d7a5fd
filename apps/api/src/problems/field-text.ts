import { z } from 'zod';
import type { Language } from './language.ts';
import { type OwnFieldText, ownFieldTexts } from './texts-field.ts';

/** What is wrong with one field, in whatever language it is asked for. */
export type FieldText = (language: Language) => string;

/** Zod's finding with `input` kept (`reportInput`): texts say of what type it was. */
type Issue = z.core.$ZodIssue;

const locales: Readonly<Record<Language, z.core.$ZodErrorMap>> = {
  'pt-BR': z.locales.ptBR().localeError,
  en: z.locales.en().localeError,
  es: z.locales.es().localeError,
};
const idExample = /^(must be an id such as )(\S+)$/;

/** A text of ours; `example` takes the place of `{example}`. */
export function ownFieldText(text: OwnFieldText, example = ''): FieldText {
  return (language) => (language === 'en' ? text : ownFieldTexts[text][language]).replace('{example}', () => example);
}

/** Where a schema says something of its own that is said; zod's text for the rest, but never a pattern: nobody reads those. */
export function fieldText(issue: Issue): FieldText {
  const [, idText, example] = idExample.exec(issue.message) ?? [];
  if (idText !== undefined) return ownFieldText('must be an id such as {example}', example);
  if (isOwn(issue.message)) return ownFieldText(issue.message);
  if (issue.code === 'invalid_format' && issue.format === 'regex') return ownFieldText('must have the right form');
  return (language) => {
    const text = locales[language](issue as z.core.$ZodRawIssue);
    return (typeof text === 'string' ? text : text?.message) ?? issue.message;
  };
}

const isOwn = (message: string): message is OwnFieldText => Object.hasOwn(ownFieldTexts, message);
