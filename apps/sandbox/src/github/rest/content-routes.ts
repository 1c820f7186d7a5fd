import { Hono } from 'hono';
import { z } from 'zod';
import { readCommit } from '../../git/commits.ts';
import { readBlob } from '../../git/objects.ts';
import { defaultBranch, findBranch, resolveCommit } from '../../git/refs.ts';
import { cleanPath, findEntry, listTree, type TreeEntry } from '../../git/tree.ts';
import { BranchMovedError, commitFiles } from '../../git/write.ts';
import { noReplyEmail } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { presentCommit } from '../present/commit.ts';
import { presentEntry, presentFileContent } from '../present/content.ts';
import type { Repository } from '../repositories.ts';
import { announcePushLater } from '../webhooks/announce.ts';
import { pusherOf } from './branch-routes.ts';
import {
  type ApiContext,
  type ApiEnvironment,
  readableRepository,
  readBody,
  writableRepository,
} from './environment.ts';
import { GitHubError, notFound } from './errors.ts';

const largestFileBytes = 100 * 1_024 * 1_024;

const NewContent = z.object({
  message: z.string().min(1),
  content: z.base64(),
  sha: z.string().optional(),
  branch: z.string().optional(),
});
type NewContent = z.infer<typeof NewContent>;

export function contentRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/contents', (context) => answerContent(github, context, ''));
  routes.get('/repos/:owner/:repo/contents/:path{.*}', (context) =>
    answerContent(github, context, context.req.param('path')),
  );
  routes.get('/repos/:owner/:repo/readme', (context) => answerContent(github, context, 'README.md'));

  routes.put('/repos/:owner/:repo/contents/:path{.+}', async (context) => {
    const repository = await writableRepository(github, context);
    const body = await readBody(context, NewContent, 'Content');
    const { path, created, sha, branch } = await writeContent(github, context, repository, body);
    const commit = presentCommit(github, repository, await readCommit(repository.directory, sha));
    const entry = await findEntry(repository.directory, sha, path);
    const content = entry && presentEntry(github, repository, branch, entry);
    return context.json({ content, commit: { ...commit, ...commit.commit } }, created ? 201 : 200);
  });
  return routes;
}

async function answerContent(github: GitHub, context: ApiContext, rawPath: string): Promise<Response> {
  const repository = await readableRepository(github, context);
  const { directory } = repository;
  const ref = context.req.query('ref') ?? (await defaultBranch(directory));
  const commit = await resolveCommit(directory, ref);
  if (commit === null) throw new GitHubError(404, `No commit found for the ref ${ref.slice(0, 200)}`);
  const path = cleanPath(rawPath);
  if (path === null) throw notFound();
  const entry: TreeEntry | null =
    path === ''
      ? { path, mode: '040000', type: 'tree', sha: commit, size: null }
      : await findEntry(directory, commit, path);
  if (!entry) throw notFound();
  if (entry.type === 'tree') {
    const prefix = path === '' ? '' : `${path}/`;
    const entries = await listTree(directory, entry.sha, false);
    const nested = entries.map((child) => ({ ...child, path: `${prefix}${child.path}` }));
    return context.json(nested.map((child) => presentEntry(github, repository, ref, child)));
  }
  if ((entry.size ?? 0) > largestFileBytes) throw new GitHubError(403, 'This API returns blobs up to 100 MB in size.');
  const bytes = entry.type === 'commit' ? Buffer.alloc(0) : await readBlob(directory, entry.sha);
  if (/application\/vnd\.github\.(v3\.)?raw/.test(context.req.header('accept') ?? '')) {
    return context.body(new Uint8Array(bytes), 200, { 'content-type': 'application/vnd.github.raw; charset=utf-8' });
  }
  return context.json(presentFileContent(github, repository, ref, entry, bytes));
}

async function writeContent(github: GitHub, context: ApiContext, repository: Repository, body: NewContent) {
  const { directory } = repository;
  const path = cleanPath(context.req.param('path') ?? '');
  if (path === null || path === '') throw new GitHubError(422, 'path contains a malformed path component');
  const branch = body.branch ?? (await defaultBranch(directory));
  const head = await findBranch(directory, branch);
  if (!head) throw new GitHubError(404, `Branch ${branch.slice(0, 200)} not found`);
  const current = await findEntry(directory, head.sha, path);
  if (current && body.sha === undefined) throw new GitHubError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (body.sha !== undefined && current?.sha !== body.sha)
    throw new GitHubError(409, `${path} does not match ${body.sha}`);
  if (current && current.type !== 'blob') throw new GitHubError(422, 'path is not a file');
  const pusher = pusherOf(context, repository);
  const author = { name: pusher.name, email: noReplyEmail(pusher), date: new Date(github.now()) };
  const change = { path, content: Buffer.from(body.content, 'base64'), ...(current ? { mode: current.mode } : {}) };
  const commit = { branch, parent: head.sha, message: body.message, author, changes: [change] };
  const sha = await commitFiles(directory, commit).catch((error: unknown) => {
    if (!(error instanceof BranchMovedError)) throw error;
    throw new GitHubError(409, `${branch} was changed meanwhile`);
  });
  announcePushLater(github, { repository, branch, before: head.sha, after: sha, pusher });
  return { path, branch, sha, created: current === null };
}
