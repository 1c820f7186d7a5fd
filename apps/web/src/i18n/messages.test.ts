import { expect, test } from 'vitest';
import { locales } from './locales.ts';
import { loadMessages, namespaces } from './messages.ts';

type Tree = { [key: string]: Tree | string };

function flatten(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
}

/** An opening brace of a value, not of one case of a choice. */
const value = /(?<!\b(?:other|none|one|out_of_memory|start_failed) ?|=\d+ ?)\{\s*([a-zA-Z]\w*)\s*[,}]/g;

/** Names of the values that a text takes: `{name}` and `{count, plural, ...}`. */
function valuesOf(text: string): string[] {
  return [...new Set([...text.matchAll(value)].map((match) => match[1] ?? ''))].sort();
}

const reference = new Map(flatten((await loadMessages('pt-BR')) as Tree));

test.each(locales)('%s has every text, and no other', async (locale) => {
  const texts = flatten((await loadMessages(locale)) as Tree).map(([key]) => key);
  expect(texts.sort()).toEqual([...reference.keys()].sort());
});

test.each(locales)('%s gives each text the same values', async (locale) => {
  for (const [key, text] of flatten((await loadMessages(locale)) as Tree)) {
    expect([key, valuesOf(text)]).toEqual([key, valuesOf(reference.get(key) ?? '')]);
  }
});

test.each(locales)('%s leaves no text empty', async (locale) => {
  expect(flatten((await loadMessages(locale)) as Tree).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('every namespace is loaded', async () => {
  expect(Object.keys(await loadMessages('en'))).toEqual([...namespaces]);
});
