import { expect, test } from 'vitest';
import { chooseLanguage } from './language.ts';

test.each([
  [undefined, 'pt-BR'],
  ['', 'pt-BR'],
  ['pt-PT,en;q=0.9', 'pt-BR'],
  ['en-US,en;q=0.9', 'en'],
  ['fr, es;q=0.5, en;q=0.8', 'en'],
  ['de', 'pt-BR'],
  ['en;q=0, es-AR;q=0.1', 'es'],
])('Accept-Language %j chooses %s', (header, language) => {
  expect(chooseLanguage(header)).toBe(language);
});
