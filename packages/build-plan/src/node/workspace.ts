import { type Folder, parentsOf } from '../repository/repository-files.ts';
import { readPackageJson } from './package-json.ts';

const longestPattern = 200;

/** The nearest folder above whose workspace includes this one, or null. */
export function findWorkspace(folder: Folder): Folder | null {
  for (const parent of parentsOf(folder.root)) {
    const candidate = folder.at(parent);
    const relative = parent === '' ? folder.root : folder.root.slice(parent.length + 1);
    if (includes(workspacePatterns(candidate), relative)) return candidate;
  }
  return null;
}

function workspacePatterns(folder: Folder): readonly string[] {
  if (folder.has('pnpm-workspace.yaml')) return pnpmPatterns(folder.read('pnpm-workspace.yaml') ?? '');
  if (!folder.has('package.json')) return [];
  const parsed = readPackageJson(folder);
  return parsed.ok ? parsed.value.workspaces : [];
}

/** The `packages` list of pnpm-workspace.yaml, which people write as a block or on one line. */
function pnpmPatterns(yaml: string): string[] {
  const lines = yaml.split(/\r?\n/);
  const at = lines.findIndex((line) => /^packages\s*:/.test(line));
  if (at < 0) return [];
  const inline = /^packages\s*:\s*\[(.*)\]/.exec(lines[at] ?? '');
  if (inline?.[1]) return inline[1].split(',').map(unquote);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => /^[^\s#-]/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).flatMap((line) => {
    const item = /^\s*-\s+(.+)$/.exec(line);
    return item?.[1] ? [unquote(item[1])] : [];
  });
}

const unquote = (text: string): string =>
  text
    .replace(/\s#.*$/, '')
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2');

function includes(patterns: readonly string[], path: string): boolean {
  const usable = patterns.filter((pattern) => pattern.length <= longestPattern);
  const excluded = usable.some((pattern) => pattern.startsWith('!') && matchesPath(pattern.slice(1), path));
  return !excluded && usable.some((pattern) => !pattern.startsWith('!') && matchesPath(pattern, path));
}

/** Whether a pattern such as `packages/*` or `apps/**` names this folder. */
export function matchesPath(pattern: string, path: string): boolean {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  const deduplicated = segments.filter((segment, index) => segment !== '**' || segments[index - 1] !== '**');
  return matchLists(deduplicated, path.split('/'), (segment, name) =>
    matchLists([...segment], [...name], (expected, character) => expected === character, '*'),
  );
}

/** Wildcard matching over sets of positions, so that no pattern can stall. */
function matchLists(
  pattern: readonly string[],
  text: readonly string[],
  matches: (expected: string, actual: string) => boolean,
  wildcard = '**',
): boolean {
  let reachable = new Set([0]);
  for (const expected of pattern) {
    const next = new Set<number>();
    for (const start of reachable) {
      if (expected === wildcard) for (let end = start; end <= text.length; end += 1) next.add(end);
      else if (start < text.length && matches(expected, text[start] ?? '')) next.add(start + 1);
    }
    reachable = next;
  }
  return reachable.has(text.length);
}
