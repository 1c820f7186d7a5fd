import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../workspace/workspace.ts';
import type { Findings } from './check.ts';

const directory = path.join(root, 'apps/web/messages');
const reference = 'pt-BR';
const languages = [reference, 'en', 'es'];

/** Whether every language of the dashboard has the same texts, with the same placeholders. */
export async function checkMessages(): Promise<Findings> {
  const files = (await readdir(directory)).toSorted();
  const expected = languages.map((language) => `${language}.json`).toSorted();
  if (files.join() !== expected.join())
    return [`apps/web/messages holds ${files.join(', ')} instead of ${expected.join(', ')}.`];
  const texts = new Map<string, Messages>();
  for (const language of languages) {
    const content: unknown = JSON.parse(await readFile(path.join(directory, `${language}.json`), 'utf8'));
    texts.set(language, flatten(content));
  }
  const base = texts.get(reference) ?? new Map();
  return languages.flatMap((language) => compareMessages(base, texts.get(language) ?? new Map(), language));
}

export type Messages = ReadonlyMap<string, string>;

/** Every text by its path, such as `instance.logs.pause`. */
export function flatten(value: unknown, prefix = ''): Messages {
  if (typeof value !== 'object' || value === null) return new Map([[prefix, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix === '' ? key : `${prefix}.${key}`)]),
  );
}

/** What one language lacks, has too much, leaves empty, or fills with other placeholders. */
export function compareMessages(base: Messages, other: Messages, language: string): string[] {
  const missing = [...base.keys()].filter((key) => !other.has(key)).map((key) => `${language}: ${key} is missing.`);
  const present = [...other].flatMap(([key, text]) => {
    const original = base.get(key);
    if (original === undefined) return [`${language}: ${key} is not in ${reference}.`];
    if (text.trim() === '') return [`${language}: ${key} is empty.`];
    const wanted = placeholders(original);
    return placeholders(text) === wanted ? [] : [`${language}: ${key} must use the placeholders ${wanted || 'none'}.`];
  });
  return [...missing, ...present];
}

/** Names of arguments (`{count, plural, …}` counts as `count`) and of tags; the words inside plural forms are not names. */
function placeholders(text: string): string {
  const argumentNames = [...text.matchAll(/\{\s*([A-Za-z_]\w*)\s*[,}]/g)].map(([, name]) => `{${name}}`);
  const tags = [...text.matchAll(/<([A-Za-z]\w*)>/g)].map(([, name]) => `<${name}>`);
  return [...new Set([...argumentNames, ...tags])].toSorted().join(' ');
}
