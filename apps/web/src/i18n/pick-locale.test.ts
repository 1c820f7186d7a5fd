import { expect, test } from 'vitest';
import { pickLocale } from './pick-locale.ts';

test('the chosen language wins', () => {
  expect(pickLocale('es', 'en-US,en;q=0.9')).toBe('es');
});

test('an unknown choice falls back to the browser', () => {
  expect(pickLocale('xx', 'en-US,en;q=0.9')).toBe('en');
});

test('any Portuguese or Spanish is ours, by order of preference', () => {
  expect(pickLocale(undefined, 'pt-PT,pt;q=0.9,en;q=0.8')).toBe('pt-BR');
  expect(pickLocale(undefined, 'fr;q=1, en;q=0.4, es-419;q=0.8')).toBe('es');
});

test('without a language that we speak it is Portuguese', () => {
  expect(pickLocale(undefined, 'fr,de;q=0.5,en;q=0')).toBe('pt-BR');
  expect(pickLocale(undefined, null)).toBe('pt-BR');
});
