import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../workspace/workspace.ts';
import type { Findings } from './check.ts';
import { placeholders } from './placeholders.ts';

const directory = path.join(root, 'apps/web/messages');
const reference = 'pt-BR';
const languages = [reference, 'en', 'es'];

/** Whether every language of the dashboard has the same texts, with the same placeholders. */
export async function checkMessages(): Promise<Findings> {
  const found = (await readdir(directory)).toSorted();
  if (found.join() !== languages.toSorted().join()) {
    return [`apps/web/messages holds ${found.join(', ')} instead of ${languages.join(', ')}.`];
  }
  const base = await readLanguage(reference);
  const others = await Promise.all(
    languages.map(async (language) => compareMessages(base, await readLanguage(language), language)),
  );
  return others.flat();
}

/** One file a namespace: the texts of `logs.json` are under `logs`. */
async function readLanguage(language: string): Promise<Messages> {
  const files = (await readdir(path.join(directory, language))).filter((file) => file.endsWith('.json')).toSorted();
  const contents = await Promise.all(
    files.map(async (file): Promise<[string, unknown]> => {
      const text = await readFile(path.join(directory, language, file), 'utf8');
      return [path.basename(file, '.json'), JSON.parse(text)];
    }),
  );
  return flatten(Object.fromEntries(contents));
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
