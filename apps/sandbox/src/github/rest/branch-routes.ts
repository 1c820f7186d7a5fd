import { Hono } from 'hono';
import { z } from 'zod';
import { readCommit } from '../../git/commits.ts';
import { lookUp } from '../../git/objects.ts';
import { findBranch, isRefName, listBranches, type Ref } from '../../git/refs.ts';
import { BranchMovedError, moveBranch } from '../../git/write.ts';
import { accountOf } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { nodeId } from '../present/account.ts';
import { presentCommit } from '../present/commit.ts';
import type { Repository } from '../repositories.ts';
import { announcePushLater } from '../webhooks/announce.ts';
import {
  type ApiContext,
  type ApiEnvironment,
  readableRepository,
  readBody,
  writableRepository,
} from './environment.ts';
import { GitHubError, notFound } from './errors.ts';
import { paginate } from './pagination.ts';

const NewRef = z.object({ ref: z.string(), sha: z.string().regex(/^[0-9a-f]{40}$/) });

export function branchRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/repos/:owner/:repo/branches', async (context) => {
    const repository = await readableRepository(github, context);
    const branches = paginate(context, github.webUrl, await listBranches(repository.directory));
    return context.json(branches.map((branch) => presentBranch(github, repository, branch)));
  });

  routes.get('/repos/:owner/:repo/branches/:branch{.+}', async (context) => {
    const repository = await readableRepository(github, context);
    const branch = await findBranch(repository.directory, context.req.param('branch'));
    if (!branch) throw new GitHubError(404, 'Branch not found');
    const commit = presentCommit(github, repository, await readCommit(repository.directory, branch.sha));
    const self = `${github.apiUrl}/repos/${repository.owner}/${repository.name}/branches/${branch.name}`;
    const html = `${github.webUrl}/${repository.owner}/${repository.name}/tree/${branch.name}`;
    const protection = {
      enabled: false,
      required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
    };
    const links = { _links: { self, html }, protection_url: `${self}/protection` };
    return context.json({ name: branch.name, commit, ...links, protected: false, protection });
  });

  routes.get('/repos/:owner/:repo/git/ref/:ref{.+}', async (context) => {
    const repository = await readableRepository(github, context);
    const branch = await findBranch(repository.directory, branchNameOf(context.req.param('ref')));
    if (!branch) throw notFound();
    return context.json(presentRef(github, repository, branch));
  });

  routes.post('/repos/:owner/:repo/git/refs', async (context) => {
    const repository = await writableRepository(github, context);
    const { ref, sha } = await readBody(context, NewRef, 'Reference');
    const name = branchNameOf(ref.replace(/^refs\//, ''));
    if (!isRefName(name)) throw new GitHubError(422, `${ref.slice(0, 200)} is not a valid ref name.`);
    const [commit] = await lookUp(repository.directory, [sha]);
    if (commit?.type !== 'commit') throw new GitHubError(422, 'Object does not exist');
    await move(github, context, { repository, branch: name, from: null, to: sha });
    return context.json(presentRef(github, repository, { name, sha }), 201);
  });

  routes.delete('/repos/:owner/:repo/git/refs/:ref{.+}', async (context) => {
    const repository = await writableRepository(github, context);
    const branch = await findBranch(repository.directory, branchNameOf(context.req.param('ref')));
    if (!branch) throw new GitHubError(422, 'Reference does not exist');
    await move(github, context, { repository, branch: branch.name, from: branch.sha, to: null });
    return context.body(null, 204);
  });
  return routes;
}

/** `feature/x` of `heads/feature/x`; empty, which no branch is called, for anything else. */
function branchNameOf(ref: string): string {
  return /^heads\/(.+)$/.exec(ref)?.[1] ?? '';
}

interface Move {
  readonly repository: Repository;
  readonly branch: string;
  readonly from: string | null;
  readonly to: string | null;
}

async function move(github: GitHub, context: ApiContext, { repository, branch, from, to }: Move): Promise<void> {
  try {
    await moveBranch(repository.directory, { branch, from, to });
  } catch (error) {
    if (!(error instanceof BranchMovedError)) throw error;
    throw new GitHubError(422, from === null ? 'Reference already exists' : 'Reference cannot be updated');
  }
  announcePushLater(github, { repository, branch, before: from, after: to, pusher: pusherOf(context, repository) });
}

/** Who a push by API belongs to: the user, or the account on which the App is installed. */
export function pusherOf(context: ApiContext, repository: Repository) {
  const { principal } = context.var;
  return accountOf(principal.kind === 'user' ? principal.login : repository.owner);
}

function presentBranch(github: GitHub, { owner, name }: Repository, branch: Ref) {
  const url = `${github.apiUrl}/repos/${owner}/${name}`;
  return { name: branch.name, commit: { sha: branch.sha, url: `${url}/commits/${branch.sha}` }, protected: false };
}

function presentRef(github: GitHub, { owner, name }: Repository, branch: Ref) {
  const url = `${github.apiUrl}/repos/${owner}/${name}/git`;
  return {
    ref: `refs/heads/${branch.name}`,
    node_id: nodeId('Ref', `${owner}/${name}/${branch.name}`),
    url: `${url}/refs/heads/${branch.name}`,
    object: { type: 'commit', sha: branch.sha, url: `${url}/commits/${branch.sha}` },
  };
}
