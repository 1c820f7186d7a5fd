import { Hono } from 'hono';
import { defaultBranch } from '../../git/refs.ts';
import type { GitHub } from '../github.ts';
import { contentOf, presentRepository } from '../present/repository.ts';
import { canRead } from '../principal.ts';
import { type ApiEnvironment, readableRepository } from './environment.ts';
import { notFound } from './errors.ts';

export function repositoryRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/repos/:owner/:repo', async (context) => {
    const repository = await readableRepository(github, context);
    return context.json(await presentRepository(github, repository, context.var.principal));
  });

  routes.get('/repositories/:id{\\d{1,12}}', async (context) => {
    const repository = await github.repositories.findById(Number(context.req.param('id')));
    if (!repository || !canRead(context.var.principal, repository)) throw notFound();
    return context.json(await presentRepository(github, repository, context.var.principal));
  });

  routes.get('/repos/:owner/:repo/languages', async (context) => {
    const repository = await readableRepository(github, context);
    return context.json((await contentOf(repository, await defaultBranch(repository.directory))).languages);
  });
  return routes;
}
