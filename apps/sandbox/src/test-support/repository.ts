import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from '../git/run.ts';
import { commitFiles } from '../git/write.ts';
import { privateMarker } from '../github/repositories.ts';

/** Puts a bare repository into the folder, as a person would, with one commit per set of files. */
export async function putRepository(
  root: string,
  fullName: string,
  options: { commits?: readonly Record<string, string>[]; private?: boolean } = {},
): Promise<string> {
  const directory = path.join(root, `${fullName}.git`);
  await mkdir(directory, { recursive: true });
  await git(directory, ['init', '--quiet', '--bare', '--initial-branch=main', directory]);
  if (options.private) await writeFile(path.join(directory, privateMarker), '');
  let parent: string | null = null;
  for (const [index, files] of (options.commits ?? [{ 'README.md': '# hello\n' }]).entries()) {
    const changes = Object.entries(files).map(([name, content]) => ({ path: name, content: Buffer.from(content) }));
    const date = new Date(Date.UTC(2026, 9, 1 + index));
    const author = { name: 'Ana Souza', email: 'ana@example.com', date };
    parent = await commitFiles(directory, { branch: 'main', parent, message: `Commit ${index + 1}`, author, changes });
  }
  return directory;
}
