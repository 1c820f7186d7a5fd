import { Hono } from 'hono';
import { ownersOf } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { presentInstallation } from '../present/installation.ts';
import { presentRepository } from '../present/repository.ts';
import { belongsTo } from '../principal.ts';
import type { Installation } from '../state/installations.ts';
import { type ApiContext, type ApiEnvironment, requireInstallation, requireUser } from './environment.ts';
import { notFound } from './errors.ts';
import { paginate } from './pagination.ts';

/** What installations and users see of installations. */
export function installationRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/installation/repositories', async (context) => {
    const { installation } = requireInstallation(context);
    return answerRepositoriesOf(github, context, installation);
  });

  routes.delete('/installation/token', (context) => {
    requireInstallation(context);
    github.tokens.revoke((context.req.header('authorization') ?? '').replace(/^\w+ +/, ''));
    return context.body(null, 204);
  });

  routes.get('/user/installations', (context) => {
    const installations = installationsOfUser(github, context);
    const page = paginate(context, github.webUrl, installations);
    return context.json({
      total_count: installations.length,
      installations: page.map((installation) => presentInstallation(github, installation)),
    });
  });

  routes.get('/user/installations/:id{\\d{1,12}}/repositories', async (context) => {
    const id = Number(context.req.param('id'));
    const installation = installationsOfUser(github, context).find((one) => one.id === id);
    if (!installation) throw notFound();
    return answerRepositoriesOf(github, context, installation);
  });
  return routes;
}

function installationsOfUser(github: GitHub, context: ApiContext): Installation[] {
  return ownersOf(requireUser(context).login)
    .map((owner) => github.installations.of(owner))
    .filter((installation) => installation !== null);
}

async function answerRepositoriesOf(
  github: GitHub,
  context: ApiContext,
  installation: Installation,
): Promise<Response> {
  const { principal } = context.var;
  const owned = await github.repositories.listOf(installation.login);
  const visible = owned.filter((repository) => belongsTo(principal, repository));
  const page = paginate(context, github.webUrl, visible);
  return context.json({
    total_count: visible.length,
    repository_selection: 'all',
    repositories: await Promise.all(page.map((repository) => presentRepository(github, repository, principal))),
  });
}
