import type { ProblemCode } from '@zarpa/contracts';
import type { Language } from './language.ts';
import { english } from './texts-en.ts';
import { spanish } from './texts-es.ts';
import { portuguese } from './texts-pt-br.ts';

export interface ProblemText {
  readonly title: string;
  /** What happened, what it means, what to do. `{name}` is replaced by a parameter. */
  readonly detail: string;
}
export type ProblemTexts = Readonly<Record<ProblemCode, ProblemText>>;

export const problemTexts: Readonly<Record<Language, ProblemTexts>> = {
  'pt-BR': portuguese,
  en: english,
  es: spanish,
};

/** The sentence for a refusal in one language. */
export function problemText(
  code: ProblemCode,
  language: Language,
  params: Readonly<Record<string, string>> = {},
): ProblemText {
  const { title, detail } = problemTexts[language][code];
  return { title, detail: detail.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole) };
}
