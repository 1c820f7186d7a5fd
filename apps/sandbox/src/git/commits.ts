import { git } from './run.ts';

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

export interface Commit {
  readonly sha: string;
  readonly treeSha: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface CommitQuery {
  /** The commit from which the walk goes back. */
  readonly head: string;
  /** Commits that are left out, with all that they are built on. */
  readonly exclude?: readonly string[];
  readonly path?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly skip?: number;
  readonly limit?: number;
}

const fields = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'];

export async function listCommits(directory: string, query: CommitQuery): Promise<Commit[]> {
  const output = await git(directory, [
    'log',
    '-z',
    '--no-show-signature',
    `--format=${fields.join('%x00')}`,
    `--skip=${query.skip ?? 0}`,
    ...(query.limit === undefined ? [] : [`--max-count=${query.limit}`]),
    ...walk(query),
  ]);
  return parseCommits(output);
}

export async function countCommits(directory: string, query: CommitQuery): Promise<number> {
  return Number((await git(directory, ['rev-list', '--count', ...walk(query)])).trim());
}

export async function readCommit(directory: string, sha: string): Promise<Commit> {
  const [commit] = await listCommits(directory, { head: sha, limit: 1 });
  if (!commit) throw new Error('A resolved commit could not be read');
  return commit;
}

function walk({ head, exclude = [], path, since, until }: CommitQuery): string[] {
  return [
    ...(since ? [`--since=${Math.floor(since.getTime() / 1_000)}`] : []),
    ...(until ? [`--until=${Math.floor(until.getTime() / 1_000)}`] : []),
    head,
    ...exclude.map((sha) => `^${sha}`),
    '--',
    ...(path ? [path] : []),
  ];
}

export function parseCommits(output: string): Commit[] {
  const values = output.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + fields.length <= values.length; at += fields.length) {
    const [sha = '', treeSha = '', parents = '', ...rest] = values.slice(at, at + fields.length);
    const [authorName, authorEmail, authorTime, committerName, committerEmail, committerTime, message = ''] = rest;
    commits.push({
      sha,
      treeSha,
      parents: parents.split(' ').filter((parent) => parent !== ''),
      author: signature(authorName, authorEmail, authorTime),
      committer: signature(committerName, committerEmail, committerTime),
      message: message.trimEnd(),
    });
  }
  return commits;
}

function signature(name = '', email = '', seconds = '0'): Signature {
  return { name, email, date: new Date(Number(seconds) * 1_000) };
}
