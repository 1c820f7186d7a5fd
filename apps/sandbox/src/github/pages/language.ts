export const languages = ['pt-BR', 'en', 'es'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Readonly<Record<Language, string>> = { 'pt-BR': 'Português', en: 'English', es: 'Español' };

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

/** The first language of an `Accept-Language` header that the pages speak, by weight; Portuguese otherwise. */
export function chooseLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
      const weight = parameters
        .map((parameter) => /^ *q=([\d.]+)$/.exec(parameter)?.[1])
        .find((value) => value !== undefined);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { tag } of wishes) {
    const language = languages.find((candidate) => candidate.slice(0, 2) === tag.slice(0, 2));
    if (language) return language;
  }
  return 'pt-BR';
}
