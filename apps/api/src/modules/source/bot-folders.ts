const marks = new Set([
  'package.json',
  'requirements.txt',
  'pyproject.toml',
  'Dockerfile',
  'Procfile',
  'squarecloud.app',
  'squarecloud.config',
  'discloud.config',
]);
const notOurs = /(?:^|\/)(?:node_modules|vendor|\.[^/]+|dist|build|venv)\//;
const deepest = 4;
const most = 50;

/** Folders that hold a file by which a bot is recognised, `''` first where the root is one, then shallow before deep. */
export function botFolders(paths: readonly string[]): string[] {
  const folders = paths
    .filter((path) => !notOurs.test(path) && marks.has(path.slice(path.lastIndexOf('/') + 1)))
    .map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return [...new Set(folders)]
    .filter((folder) => depth(folder) <= deepest)
    .toSorted((left, right) => depth(left) - depth(right) || left.localeCompare(right, 'en'))
    .slice(0, most);
}

const depth = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);
