import { Hono } from 'hono';
import { z } from 'zod';
import { readBlob } from '../../git/objects.ts';
import { findBranch, isRefName } from '../../git/refs.ts';
import { cleanPath, findEntry } from '../../git/tree.ts';
import { BranchMovedError, commitFiles, moveBranch } from '../../git/write.ts';
import { accountOf, noReplyEmail, testUsers } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { listPeople } from '../oauth/authorize-routes.ts';
import { announcePush } from '../webhooks/announce.ts';
import { type Draft, editPage } from './edit-page.ts';
import { findLocation, type Location } from './location.ts';
import { messagePage } from './message-page.ts';
import type { PageContext, PageEnvironment } from './page.ts';
import { placeAddress } from './repository-page.ts';
import type { Texts } from './texts/texts.ts';

const Form = z.object({
  path: z.string(),
  sha: z.string(),
  content: z.string(),
  message: z.string(),
  author: z.string(),
});
const BranchForm = z.object({ name: z.string(), from: z.string() });
const largestEditBytes = 512 * 1_024;

type BranchLocation = Location & { readonly branch: NonNullable<Location['branch']> };

export function editRoutes(github: GitHub): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>();
  const author = testUsers[0].login;

  routes.get('/:owner/:repo/edit/:rest{.+}', async (context) => {
    const location = await findBranchLocation(github, context);
    const entry = location && (await findEntry(location.repository.directory, location.branch.sha, location.path));
    if (!location || entry?.type !== 'blob') return messagePage(context, 'notFound');
    const text =
      (entry.size ?? 0) <= largestEditBytes
        ? decodeText(await readBlob(location.repository.directory, entry.sha))
        : null;
    if (text === null) return messagePage(context, 'notText', 400);
    const draft = { path: location.path, sha: entry.sha, content: text, message: '', author };
    return editPage(context, { location, draft, authors: await listPeople(github) });
  });

  routes.get('/:owner/:repo/new/:rest{.+}', async (context) => {
    const location = await findBranchLocation(github, context);
    if (!location) return messagePage(context, 'notFound');
    const draft = { path: '', sha: '', content: '', message: '', author };
    return editPage(context, { location, draft, authors: await listPeople(github) });
  });

  const save = async (context: PageContext) => {
    const location = await findBranchLocation(github, context);
    if (!location) return messagePage(context, 'notFound');
    const form = Form.safeParse(await context.req.parseBody());
    return form.success ? pushDraft(context, github, location, form.data) : messagePage(context, 'badForm', 400);
  };
  routes.post('/:owner/:repo/edit/:rest{.+}', save);
  routes.post('/:owner/:repo/new/:rest{.+}', save);

  routes.post('/:owner/:repo/branches', async (context) => {
    const form = BranchForm.safeParse(await context.req.parseBody());
    const location = await findLocation(github, context);
    if (!form.success || !location) return messagePage(context, 'badForm', 400);
    return createBranch(context, github, location, form.data);
  });
  return routes;
}

async function pushDraft(context: PageContext, github: GitHub, location: BranchLocation, draft: Draft) {
  const { repository, branch } = location;
  const authors = await listPeople(github);
  const refuse = (problem: keyof Texts, status: 400 | 409, sha = draft.sha) =>
    editPage(context, { location, draft: { ...draft, sha }, authors, problem, status });

  const path = cleanPath(draft.path);
  if (path === null || path === '' || path !== draft.path) return refuse('invalidPath', 400);
  if (draft.message.trim() === '') return refuse('missingMessage', 400);
  const current = await findEntry(repository.directory, branch.sha, path);
  if (current && current.type !== 'blob') return refuse('invalidPath', 400);
  if ((current?.sha ?? '') !== draft.sha) return refuse('moved', 409, current?.sha);

  const before = current ? await readBlob(repository.directory, current.sha) : Buffer.alloc(0);
  const content = withLineEndsOf(before, draft.content);
  if (current && content.equals(before))
    return context.redirect(`${placeAddress(repository, 'tree', branch.name)}?done=unchanged`, 303);

  const pusher = accountOf(authors.find(({ login }) => login === draft.author)?.login ?? testUsers[0].login);
  const author = { name: pusher.name, email: noReplyEmail(pusher), date: new Date(github.now()) };
  const changes = [{ path, content, ...(current ? { mode: current.mode } : {}) }];
  const commit = { branch: branch.name, parent: branch.sha, message: draft.message.trim(), author, changes };
  const after = await commitFiles(repository.directory, commit).catch(unlessMoved);
  if (after === null) return refuse('moved', 409);
  const delivery = await announcePush(github, { repository, branch: branch.name, before: branch.sha, after, pusher });
  return context.redirect(
    `${placeAddress(repository, 'tree', branch.name)}?done=pushed&delivery=${delivery?.id ?? ''}`,
    303,
  );
}

async function createBranch(
  context: PageContext,
  github: GitHub,
  { repository }: Location,
  form: z.infer<typeof BranchForm>,
) {
  const from = await findBranch(repository.directory, form.from);
  const name = form.name.trim();
  const home = `/${repository.owner}/${repository.name}`;
  if (!from || !isRefName(name)) return context.redirect(`${home}?done=branchInvalid`, 303);
  const move = { branch: name, to: from.sha, from: null };
  const made = await moveBranch(repository.directory, move).then(() => true, unlessMoved);
  if (made === null) return context.redirect(`${home}?done=branchInvalid`, 303);
  const push = { repository, branch: name, before: null, after: from.sha, pusher: testUsers[0] };
  const delivery = await announcePush(github, push);
  return context.redirect(
    `${placeAddress(repository, 'tree', name)}?done=branchCreated&delivery=${delivery?.id ?? ''}`,
    303,
  );
}

function unlessMoved(error: unknown): null {
  if (error instanceof BranchMovedError) return null;
  throw error;
}

async function findBranchLocation(github: GitHub, context: PageContext): Promise<BranchLocation | null> {
  const location = await findLocation(github, context);
  return location?.branch ? { ...location, branch: location.branch } : null;
}

/** Null for what is not UTF-8 text. */
export function decodeText(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Browsers send CRLF from text areas; a file keeps the line ends that it had. */
export function withLineEndsOf(before: Buffer, text: string): Buffer {
  const lines = text.replaceAll('\r\n', '\n');
  return Buffer.from(before.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines);
}
