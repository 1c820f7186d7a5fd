import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  [undefined, 'pt-BR'],
  ['', 'pt-BR'],
  ['de-DE, fr;q=0.5', 'pt-BR'],
  ['en-US,en;q=0.9', 'en'],
  ['es-AR', 'es'],
  ['fr, es;q=0.4, en;q=0.8', 'en'],
  ['en;q=0, es', 'es'],
  [`${'x'.repeat(600)}, en`, 'pt-BR'],
])('answers %j in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
