import { listTree } from './tree.ts';

const languages: Readonly<Record<string, string>> = {
  js: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  jsx: 'JavaScript',
  ts: 'TypeScript',
  mts: 'TypeScript',
  tsx: 'TypeScript',
  py: 'Python',
  rb: 'Ruby',
  go: 'Go',
  rs: 'Rust',
  java: 'Java',
  php: 'PHP',
  html: 'HTML',
  css: 'CSS',
  sh: 'Shell',
};

export interface Content {
  /** Bytes per language, the largest first. */
  readonly languages: Readonly<Record<string, number>>;
  readonly totalBytes: number;
}

/** What a commit consists of, by the endings of its files' names. */
export async function measureContent(directory: string, commit: string): Promise<Content> {
  const bytes = new Map<string, number>();
  let totalBytes = 0;
  for (const entry of await listTree(directory, commit, true)) {
    if (entry.size === null) continue;
    totalBytes += entry.size;
    const language = languages[/\.(\w+)$/.exec(entry.path)?.[1]?.toLowerCase() ?? ''];
    if (language !== undefined) bytes.set(language, (bytes.get(language) ?? 0) + entry.size);
  }
  return { languages: Object.fromEntries([...bytes].sort((left, right) => right[1] - left[1])), totalBytes };
}
