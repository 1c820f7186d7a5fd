import { invalidFile, type Outcome, succeeded } from '../failure.ts';
import type { Folder } from '../repository/repository-files.ts';

/** The repository's own Dockerfile, as it is. */
export function readOwnDockerfile(folder: Folder): Outcome<string> {
  const file = folder.path('Dockerfile');
  const text = folder.read('Dockerfile');
  if (text === undefined) return invalidFile(file, 'The file could not be read.');
  if (!/^[ \t]*FROM\s+\S/im.test(text)) return invalidFile(file, 'The Dockerfile has no FROM instruction.');
  return succeeded(text);
}
