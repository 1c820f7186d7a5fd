import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanString } from './clean-text.ts';
import { createMasker, mask } from './mask.ts';

const value = fc
  .string({ unit: 'grapheme', minLength: 12, maxLength: 60 })
  .map((text) => text.trim())
  .filter((text) => text.length >= 12 && !/^[\d.,+-]+$/.test(text) && new Set(text).size > 5);

const encodings: Record<string, (secret: string) => string> = {
  'as it is': (secret) => secret,
  'in base64': (secret) => Buffer.from(secret.toWellFormed()).toString('base64'),
  'in base64url': (secret) => Buffer.from(secret.toWellFormed()).toString('base64url'),
  'URL-encoded': (secret) => encodeURIComponent(secret.toWellFormed()),
  'in a form': (secret) => encodeURIComponent(secret.toWellFormed()).replaceAll('%20', '+'),
  'in JSON': (secret) => JSON.stringify({ secret }),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)),
};

describe('PROMISE 5: a secret value appears in no log', () => {
  test.each(Object.entries(encodings))('%s', (_, encode) => {
    fc.assert(
      fc.property(value, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (secret, before, after) => {
        const printed = encode(secret);
        const shown = createMasker([secret]).apply(cleanString(`${before} ${printed} ${after}`));
        expect(shown).toContain(mask);
        expect(shown).not.toContain(cleanString(secret));
        expect(shown).not.toContain(cleanString(printed));
      }),
    );
  });

  test('inside of a longer base64 text', () => {
    fc.assert(
      fc.property(value, fc.string({ minLength: 1, maxLength: 9 }), (secret, user) => {
        const printed = Buffer.from(`${user}:${secret.toWellFormed()}`).toString('base64');
        const shown = createMasker([secret]).apply(printed);
        const visible = Buffer.from(shown.replaceAll(mask, ''), 'base64').toString();
        expect(visible).not.toContain(secret);
        expect(shown).toContain(mask);
      }),
    );
  });

  test('line by line where it has many lines', () => {
    const secret = '-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\n  q7Dummy+Value/Of/It\n-----END KEY-----';
    const { apply } = createMasker([secret]);
    for (const line of secret.split('\n')) expect(apply(`> ${line.trim()} <`)).toBe(`> ${mask} <`);
    expect(apply(JSON.stringify({ secret }))).toBe(`{"secret":"${mask}"}`);
    expect(apply(inspect({ secret }, { breakLength: Number.POSITIVE_INFINITY, maxStringLength: null }))).not.toContain(
      'q7Dummy',
    );
  });

  test('with colours between its characters', () => {
    const coloured = '\u001b[31mmy-se\u001b[32mcret-value\u001b[0m!';
    expect(createMasker(['my-secret-value']).apply(coloured)).toBe(`\u001b[31m${mask}\u001b[32m\u001b[0m!`);
  });

  test('where values overlap', () => {
    expect(createMasker(['abcdefgh', 'fghijklm']).apply('<abcdefghijklm>')).toBe(`<${mask}>`);
  });

  test('as the password of an address', () => {
    const { apply } = createMasker(['postgres://bot:p%40ssphrase@db.local/bot']);
    expect(apply('login with p@ssphrase or p%40ssphrase')).toBe(`login with ${mask} or ${mask}`);
  });
});

test('short and trivial values stay readable', () => {
  const { apply } = createMasker(['true', 'production', 'abc', '3000', '5511999998888', 'PRODUCTION', '']);
  const line = 'true production abc 3000 5511999998888';
  expect(apply(line)).toBe(line);
});

test('text without secrets is left as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(createMasker(['a-value-that-is-not-there']).apply(text)).toBe(text);
    }),
  );
});
