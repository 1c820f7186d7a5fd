import { Hono } from 'hono';
import { z } from 'zod';
import { sameName } from '../accounts.ts';
import { appPermissions, type GitHub } from '../github.ts';
import { timestamp } from '../present/account.ts';
import { presentApp, presentInstallation } from '../present/installation.ts';
import { presentRepository } from '../present/repository.ts';
import type { Repository } from '../repositories.ts';
import type { Installation } from '../state/installations.ts';
import { type ApiContext, type ApiEnvironment, readBody, requireApp } from './environment.ts';
import { GitHubError, notFound } from './errors.ts';
import { paginate } from './pagination.ts';

const TokenRequest = z.object({
  repositories: z.array(z.string()).max(500).optional(),
  repository_ids: z.array(z.int()).max(500).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
});
type TokenRequest = z.infer<typeof TokenRequest>;

/** What the App does as itself, with a JSON web token. */
export function appRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/app', (context) => {
    requireApp(context);
    return context.json(presentApp(github));
  });

  routes.get('/app/installations', (context) => {
    requireApp(context);
    const installations = paginate(context, github.webUrl, github.installations.list());
    return context.json(installations.map((installation) => presentInstallation(github, installation)));
  });

  routes.get('/app/installations/:id{\\d{1,12}}', (context) => {
    requireApp(context);
    return context.json(presentInstallation(github, installationOf(github, context)));
  });

  routes.post('/app/installations/:id{\\d{1,12}}/access_tokens', async (context) => {
    requireApp(context);
    const installation = installationOf(github, context);
    const body = await readBody(context, TokenRequest, 'Installation');
    return context.json(await issueToken(github, installation, body), 201);
  });

  const installationFor = async (context: ApiContext) => {
    requireApp(context);
    const { owner, repo, login } = context.req.param();
    const repository = owner && repo ? await github.repositories.find(owner, repo) : null;
    if (owner && !repository) throw notFound();
    const installation = github.installations.of(repository?.owner ?? login ?? '');
    if (!installation) throw notFound();
    return context.json(presentInstallation(github, installation));
  };
  routes.get('/repos/:owner/:repo/installation', installationFor);
  routes.get('/users/:login/installation', installationFor);
  routes.get('/orgs/:login/installation', installationFor);
  return routes;
}

function installationOf(github: GitHub, context: ApiContext): Installation {
  const installation = github.installations.find(Number(context.req.param('id')));
  if (!installation) throw notFound();
  return installation;
}

async function issueToken(github: GitHub, installation: Installation, body: TokenRequest) {
  const selected = await selectRepositories(github, installation, body);
  const permissions = allowedPermissions(body.permissions);
  const repositoryIds = selected?.map((repository) => repository.id) ?? null;
  const { token, expiresAt } = github.tokens.issue({
    kind: 'installation',
    installationId: installation.id,
    repositoryIds,
    permissions,
  });
  const reader = { kind: 'installation', installation, repositoryIds, permissions } as const;
  return {
    token,
    expires_at: expiresAt && timestamp(expiresAt),
    permissions,
    repository_selection: selected === null ? 'all' : 'selected',
    ...(selected === null
      ? {}
      : { repositories: await Promise.all(selected.map((one) => presentRepository(github, one, reader))) }),
  };
}

async function selectRepositories(
  github: GitHub,
  installation: Installation,
  body: TokenRequest,
): Promise<Repository[] | null> {
  const { repositories: names, repository_ids: ids } = body;
  if (names === undefined && ids === undefined) return null;
  const owned = await github.repositories.listOf(installation.login);
  const found = [
    ...(names ?? []).map((name) => owned.find((repository) => sameName(repository.name, name))),
    ...(ids ?? []).map((id) => owned.find((repository) => repository.id === id)),
  ].filter((repository) => repository !== undefined);
  if (found.length === (names?.length ?? 0) + (ids?.length ?? 0)) return found;
  throw new GitHubError(
    422,
    'There is at least one repository that does not exist or is not accessible to the parent installation.',
  );
}

/** A token may have less than the App was given, never more. */
function allowedPermissions(wanted: TokenRequest['permissions']): Record<string, string> {
  const granted: Record<string, string> = { ...appPermissions };
  if (wanted === undefined) return granted;
  const refused = Object.entries(wanted).some(([name, level]) => granted[name] !== level);
  if (refused) throw new GitHubError(422, 'The permissions requested are not granted to this installation.');
  return { ...wanted, metadata: 'read' };
}
