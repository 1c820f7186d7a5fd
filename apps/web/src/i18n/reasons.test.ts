import { reasonCodes } from '@zarpa/contracts';
import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import { reasonValues } from '@/instance/reason-values.ts';
import { locales } from './locales.ts';
import { loadMessages } from './messages.ts';

test.each(locales)('%s says every reason, with and without the values of the worker', async (locale) => {
  const messages = (await loadMessages(locale)) as {
    reason: Record<(typeof reasonCodes)[number], { text: string; todo: string }>;
  };
  const problems: string[] = [];
  const t = createTranslator({ locale, messages, onError: (error) => problems.push(error.message) });
  const full = {
    exitCode: '1',
    package: 'sharpp',
    file: 'a.toml',
    limitMb: '256',
    minutes: '10',
    count: '10',
    image: 'node:99',
  };
  for (const code of reasonCodes) {
    for (const params of [{}, full, { ...full, last: 'out_of_memory', cause: 'out_of_memory' }]) {
      const text = t(`reason.${code}.text`, reasonValues({ params }));
      expect(text).not.toMatch(/none|\{|\}/);
      expect(t(`reason.${code}.todo`)).not.toBe('');
    }
  }
  expect(problems).toEqual([]);
});
