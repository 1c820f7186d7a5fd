import * as contracts from '@zarpa/contracts';
import { CreateInstance } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldText } from './field-text.ts';
import { type Language, languages } from './language.ts';
import { ownFieldTexts } from './texts-field.ts';

function texts(schema: z.ZodType, value: unknown, language: Language): string[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  return (error?.issues ?? []).map((issue) => fieldText(issue)(language));
}

const variable = { name: 'A', value: '' };
const input = { name: 7, repository: 'x', branch: 'main', planId: '!', variables: [variable, variable], autoDeploy: 1 };
const said: Record<Language, string[]> = {
  'pt-BR': [
    'Entrada inválida: esperava um texto, recebeu um número',
    'deve ter a forma dono/nome',
    'Entrada inválida: esperava um valor booleano, recebeu um número',
    'não tem o formato esperado',
    'cada nome uma só vez',
  ],
  en: [
    'Invalid input: expected string, received number',
    'must be owner/name',
    'Invalid input: expected boolean, received number',
    'must have the right form',
    'each name once',
  ],
  es: [
    'Entrada inválida: se esperaba texto, recibido número',
    'debe tener la forma dueño/nombre',
    'Entrada inválida: se esperaba booleano, recibido número',
    'no tiene la forma esperada',
    'cada nombre una sola vez',
  ],
};

test.each(languages)('says in %s what is wrong with each field', (language) => {
  expect(texts(CreateInstance, input, language)).toEqual(said[language]);
});

test('says which id is meant', () => {
  expect(texts(contracts.InstanceId, 'x', 'pt-BR')).toEqual(['deve ser um id como inst_01j…']);
});

test('never repeats what was given', () => {
  const given = 'hunter2hunter2';
  for (const language of languages) {
    const all = texts(
      CreateInstance,
      { ...input, name: given.repeat(9), repository: given, autoDeploy: given },
      language,
    );
    expect(all.join()).not.toContain('hunter2');
  }
});

test('every message of a contract’s schema is translated', () => {
  const messages = new Set<string>();
  for (const exported of Object.values(contracts)) collectMessages(exported, messages, new Set());
  expect(messages).toContain('must be owner/name');
  const known = new Set<string>(Object.keys(ownFieldTexts));
  const untranslated = [...messages].filter(
    (message) => !known.has(message) && !message.startsWith('must be an id such as'),
  );
  expect(untranslated).toEqual([]);
});

/** Messages that a schema, or a part of it, was given in code. */
function collectMessages(part: unknown, into: Set<string>, seen: Set<unknown>): void {
  if (typeof part !== 'object' || part === null || seen.has(part)) return;
  seen.add(part);
  if (!('_zod' in part)) {
    for (const value of Object.values(part)) collectMessages(value, into, seen);
    return;
  }
  const { def } = z.object({ def: z.record(z.string(), z.unknown()) }).parse(part._zod);
  if (typeof def.error === 'function') into.add(String(def.error({})));
  for (const value of Object.values(def)) collectMessages(value, into, seen);
}
