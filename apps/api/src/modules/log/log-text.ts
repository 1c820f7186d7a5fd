import { stripVTControlCharacters } from 'node:util';
import type { LogLine } from '@zarpa/contracts';

/** A line as a text file has it: time, text without colours, and for the platform's own lines what they say. */
export function logText({ at, kind, text, data }: LogLine): string {
  const time = new Date(at).toISOString();
  const plain = stripVTControlCharacters(text);
  if (kind === 'line' || kind === 'part') return `${time} ${plain}\n`;
  const facts = Object.entries(data ?? {}).map(([name, value]) => `${name}=${value}`);
  return `${time} [${[kind, ...facts].join(' ')}]${plain === '' ? '' : ` ${plain}`}\n`;
}

/** Whether a line's text, without colours, holds what is searched for. */
export function matcherOf(search: string | undefined): (line: LogLine) => boolean {
  if (search === undefined) return () => true;
  const wanted = search.toLocaleLowerCase('pt-BR');
  return ({ text }) => stripVTControlCharacters(text).toLocaleLowerCase('pt-BR').includes(wanted);
}
