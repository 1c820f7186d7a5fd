import { problemCodes } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { languages } from './language.ts';
import { problemText, problemTexts } from './texts.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test.each(problemCodes)('%s has the same parameters in every language, and no sentence twice', (code) => {
  const details = languages.map((language) => problemTexts[language][code].detail);
  expect(new Set(details).size).toBe(languages.length);
  for (const detail of details) expect(placeholders(detail)).toEqual(placeholders(details[0] ?? ''));
});

test('puts parameters into the sentence', () => {
  const { detail } = problemText('plan_limit_reached', 'en', { plan: 'Development', limit: '1' });
  expect(detail).toContain('The plan Development allows 1 instance(s)');
});
