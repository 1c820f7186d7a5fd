import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@zarpa/observability';
import { commitFiles } from '../git/write.ts';
import { accountOf, noReplyEmail, samplesOwner } from '../github/accounts.ts';
import type { Repositories } from '../github/repositories.ts';
import { type Sample, type SampleCommit, samples } from './history.ts';

const folder = fileURLToPath(new URL('../../samples/', import.meta.url));
const notPartOfSample = /(^|\/)(node_modules|dist|data|__pycache__)(\/|$)/;

/** Makes the sample repositories that are not there yet; those that are keep what was pushed to them. */
export async function seedSamples(repositories: Repositories, logger: Logger): Promise<void> {
  for (const sample of samples) {
    if (await repositories.find(samplesOwner.login, sample.name)) continue;
    const directory = await repositories.create(samplesOwner.login, sample.name, sample.description);
    await commitHistory(directory, sample).catch(async (error: unknown) => {
      await rm(directory, { recursive: true, force: true });
      throw new Error(`The sample ${sample.name} could not be made`, { cause: error });
    });
    logger.info({ repository: `${samplesOwner.login}/${sample.name}` }, 'Made sample repository');
  }
}

async function commitHistory(directory: string, sample: Sample): Promise<void> {
  const source = path.join(folder, sample.name);
  let left = await listFiles(source);
  let parent: string | null = null;
  for (const commit of sample.commits) {
    const files = left.filter((file) => belongsTo(commit, file));
    left = left.filter((file) => !files.includes(file));
    const changes = await Promise.all(
      files.map(async (file) => ({ path: file, content: await readFile(path.join(source, file)) })),
    );
    const account = accountOf(commit.login);
    const author = { name: account.name, email: noReplyEmail(account), date: new Date(commit.date) };
    parent = await commitFiles(directory, { branch: 'main', parent, message: commit.message, author, changes });
  }
}

function belongsTo({ files }: SampleCommit, file: string): boolean {
  return files === 'rest' || files.some((start) => file.startsWith(start));
}

async function listFiles(source: string): Promise<string[]> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)))
    .filter((file) => !notPartOfSample.test(file))
    .sort();
}
