import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const author = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com'];

/** Prints a line at once and stays; has a dependency, so that a build has something to install. */
export const talkativeBot = (name: string): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify({
    name,
    version: '1.0.0',
    scripts: { start: 'node index.js' },
    dependencies: { 'qrcode-terminal': '0.12.0', ms: '2.1.3' },
  }),
  'index.js': program(0),
});

/** The bot's program in one of its versions. */
const program = (version: number): string =>
  `console.log('version ${version}');\nsetInterval(() => {}, 60_000);\nprocess.on('SIGTERM', () => process.exit(0));\n`;

/** Another version of the program on `main` of a repository of the sandbox, with the same dependencies. */
export async function pushVersion(sandboxDirectory: string, repository: string, version: number): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'zarpa-push-'));
  const git = (...args: string[]) => execa('git', [...author, ...args], { cwd: work });
  await git('clone', '--quiet', join(sandboxDirectory, 'repositories', `${repository}.git`), '.');
  await writeFile(join(work, 'index.js'), program(version));
  await git('commit', '--quiet', '--all', `--message=Version ${version}`);
  await git('push', '--quiet', 'origin', 'HEAD:main');
  await rm(work, { recursive: true, force: true });
}
