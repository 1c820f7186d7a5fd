import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import {
  defineSettings,
  durationMs,
  flag,
  integer,
  keyRing,
  port,
  Secret,
  SettingsError,
  settingsTable,
  url,
} from './index.ts';

const apiSettings = defineSettings({
  app: 'api',
  settings: {
    API_PORT: { schema: port().default(4301), description: 'port of the API' },
    DATABASE_URL: {
      schema: url({ protocols: ['postgres', 'postgresql'] }),
      description: 'PostgreSQL',
      secret: true,
      example: 'postgres://127.0.0.1/zarpa',
    },
    VERBOSE: { schema: flag().optional(), description: 'says more' },
  },
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    apiSettings.parse(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('are typed by their schemas and keep secrets wrapped', () => {
    const settings = apiSettings.parse({
      DATABASE_URL: 'postgres://u:hunter2@db/zarpa',
      API_PORT: '80',
      VERBOSE: 'yes',
    });
    expectTypeOf(settings.API_PORT).toEqualTypeOf<number>();
    expectTypeOf(settings.DATABASE_URL).toEqualTypeOf<Secret<string>>();
    expect(settings.API_PORT).toBe(80);
    expect(settings.VERBOSE).toBe(true);
    expect(settings.DATABASE_URL.reveal()).toBe('postgres://u:hunter2@db/zarpa');
  });

  test('count an empty variable as not set', () => {
    expect(apiSettings.parse({ DATABASE_URL: 'postgres://db/zarpa', API_PORT: '' }).API_PORT).toBe(4301);
  });

  test('report every problem at once and say what to do', () => {
    expect(problemsOf({ API_PORT: '99999' })).toEqual([
      'API_PORT is "99999" but must be a port number from 1 to 65535. Correct it (port of the API).',
      'DATABASE_URL is missing. Set it (PostgreSQL, for example postgres://127.0.0.1/zarpa).',
    ]);
  });

  test("never print a secret's value in an error", () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://hunter2' }).join()).not.toContain('hunter2');
    const leaky = defineSettings({
      app: 'leaky',
      settings: {
        TOKEN: {
          schema: z.string().refine(() => false, { error: (issue) => `is ${issue.input}` }),
          description: 'token',
          secret: true,
        },
      },
    });
    expect(() => leaky.parse({ TOKEN: 'hunter2' })).toThrow(/^((?!hunter2).)*$/s);
  });

  test('render one table line for a setting that two apps share', () => {
    const workerSettings = defineSettings({
      app: 'worker',
      settings: { API_PORT: { schema: port().default(4301), description: 'port of the API' } },
    });
    expect(settingsTable([apiSettings, workerSettings])).toBe(
      [
        '| setting | apps | default | meaning |',
        '|---|---|---|---|',
        '| `API_PORT` | api, worker | `4301` | port of the API. |',
        '| `DATABASE_URL` | api | **required** | PostgreSQL. Secret. Example: `postgres://127.0.0.1/zarpa`. |',
        '| `VERBOSE` | api | not set | says more. |',
        '',
      ].join('\n'),
    );
  });
});

describe('a secret', () => {
  test('prints [redacted] however it is printed', () => {
    const secret = new Secret('hunter2');
    expect([`${secret}`, JSON.stringify({ secret }), inspect({ secret }), String(secret)]).toEqual([
      '[redacted]',
      '{"secret":"[redacted]"}',
      '{ secret: [redacted] }',
      '[redacted]',
    ]);
  });
});

describe('schemas', () => {
  test.each([
    ['250ms', 250],
    ['15s', 15_000],
    ['5m', 300_000],
    ['48h', 172_800_000],
    ['7d', 604_800_000],
    ['12', 12],
  ])('read the duration %s', (text, expected) => {
    expect(durationMs().parse(text)).toBe(expected);
  });

  test.each([
    [durationMs(), 'soon'],
    [port(), '0'],
    [port(), 'http'],
    [url(), 'ftp://example.test'],
    [url(), 'nowhere'],
    [flag(), 'perhaps'],
    [integer({ min: 1, max: 3 }), '4'],
  ])('refuse what does not fit (%#)', (schema, text) => {
    expect(schema.safeParse(text).success).toBe(false);
  });

  test('drop trailing slashes of addresses', () => {
    expect(url().parse('http://127.0.0.1:4301/')).toBe('http://127.0.0.1:4301');
  });

  test('read a key ring whose first key seals', () => {
    const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
    const ring = keyRing().parse(`b:${key(2)},a:${key(1)}`);
    expect(ring.currentId).toBe('b');
    expect(ring.keys.get('a')).toEqual(Buffer.alloc(32, 1));
  });

  test.each(['', 'a:short', `a:${Buffer.alloc(31).toString('base64')}`, `a:${'A'.repeat(43)}=,a:${'A'.repeat(43)}=`])(
    'refuse the key ring %j',
    (text) => {
      expect(keyRing().safeParse(text).success).toBe(false);
    },
  );
});
