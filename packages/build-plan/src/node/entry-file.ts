import { isAssignment } from '../command/shell-words.ts';
import type { Folder } from '../repository/repository-files.ts';

const optionsWithValue = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '--env-file',
  '--env-file-if-exists',
  '-C',
  '--conditions',
]);
const loaders = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);
const runners = /(?:^|\/)(?:node|tsx|ts-node|bun|npx|run)$|^bun@|^--yes$/;

/** The file that a command of plain words starts with Node or one of its kin, or null. */
export function entryFile(words: readonly string[]): string | null {
  const command = words.filter((word) => word !== 'env' && !isAssignment(word));
  if (!runners.test(command[0] ?? '')) return null;
  for (let at = 1; at < command.length; at += 1) {
    const word = command[at] ?? '';
    if (optionsWithValue.has(word)) at += 1;
    else if (!word.startsWith('-') && !runners.test(word)) return normalise(word);
  }
  return null;
}

export const normalise = (file: string): string => file.replace(/^(?:\.\/)+/, '');

/** Whether Node would find this file, with the endings it tries by itself. */
export const fileExists = (folder: Folder, file: string): boolean =>
  file === '.' ||
  ['', '.js', '.cjs', '.json', '/index.js'].some((ending) => folder.has(`${file.replace(/\/$/, '')}${ending}`));

export const isTypescript = (file: string): boolean => /\.[cm]?ts$/.test(file);

/** Whether Node itself has to remove the types of this entry file. */
export const needsTypeStripping = (words: readonly string[]): boolean =>
  words.find((word) => word !== 'env' && !isAssignment(word)) === 'node' &&
  !words.some((word) => loaders.has(word.split('=')[0] ?? '')) &&
  isTypescript(entryFile(words) ?? '');
