export const languages = ['pt-BR', 'en', 'es'] as const;
export type Language = (typeof languages)[number];

/** The language of ours that an `Accept-Language` header wants most; Portuguese where it wants none of them. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined || header.length > 500) return 'pt-BR';
  const wanted = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=(\d(?:\.\d+)?)$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((left, right) => right.quality - left.quality);
  for (const { tag } of wanted) {
    const found = languages.find((language) => language.toLowerCase().slice(0, 2) === tag.slice(0, 2));
    if (found) return found;
  }
  return 'pt-BR';
}
