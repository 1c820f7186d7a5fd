import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const identity = {
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.com',
};

/** Puts a repository with one commit on `main` where the sandbox serves it from. */
export async function addRepository(
  sandboxDirectory: string,
  repository: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'zarpa-repository-'));
  const git = (...args: string[]) => execa('git', args, { cwd: work, env: identity });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=Primeira versão');
  const bare = join(sandboxDirectory, 'repositories', `${repository}.git`);
  await mkdir(dirname(bare), { recursive: true });
  await git('clone', '--quiet', '--bare', work, bare);
  await rm(work, { recursive: true, force: true });
}
