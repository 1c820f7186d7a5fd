import { failed, type Outcome, succeeded } from '../failure.ts';

const longestRoot = 300;
const segment = /^[\p{L}\p{N}._@+](?:[\p{L}\p{M}\p{N}._@+ -]*[\p{L}\p{M}\p{N}._@+-])?$/u;

/**
 * `apps/bot`, `./apps/bot/` and `apps/bot` as one form; empty for the repository's root. Refuses what leads outside of
 * the repository and characters that no Dockerfile or shell could take as part of a folder's name.
 */
export function parseRootDirectory(text: string): Outcome<string> {
  if (text.length > longestRoot) return refuse('The folder name is too long.');
  if (text.startsWith('/')) return refuse('The folder must be relative to the repository.');
  const segments = text.split('/').filter((name) => name !== '' && name !== '.');
  if (segments.includes('..')) return refuse('The folder must be inside the repository.');
  if (!segments.every((name) => segment.test(name)))
    return refuse('The folder name has characters that are not allowed.');
  return succeeded(segments.join('/'));
}

const refuse = (detail: string) => failed('root_directory_missing', { detail });
