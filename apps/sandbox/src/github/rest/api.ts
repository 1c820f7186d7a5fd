import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { GitHub } from '../github.ts';
import { appRoutes } from './app-routes.ts';
import { archiveRoutes } from './archive-routes.ts';
import { branchRoutes } from './branch-routes.ts';
import { commitRoutes } from './commit-routes.ts';
import { contentRoutes } from './content-routes.ts';
import type { ApiEnvironment } from './environment.ts';
import { errorAnswer, GitHubError, notFound } from './errors.ts';
import { hookRoutes } from './hook-routes.ts';
import { installationRoutes } from './installation-routes.ts';
import { apiMiddleware } from './middleware.ts';
import { oauthApplicationRoutes } from './oauth-application-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { treeRoutes } from './tree-routes.ts';
import { userRoutes } from './user-routes.ts';

const largestBodyBytes = 50 * 1_024 * 1_024;

/** GitHub's REST API v3 under `base`, as GitHub Enterprise serves it. */
export function restApi(github: GitHub, base: string): Hono<ApiEnvironment> {
  const api = new Hono<ApiEnvironment>().basePath(base);
  api.onError((error, context) => errorAnswer(github, error, context));
  api.route('/', oauthApplicationRoutes(github));
  api.use('*', apiMiddleware(github, base));
  api.use('*', bodyLimit({ maxSize: largestBodyBytes, onError: () => tooLarge() }));
  const routes = [
    appRoutes,
    hookRoutes,
    installationRoutes,
    userRoutes,
    searchRoutes,
    archiveRoutes,
    branchRoutes,
    commitRoutes,
    contentRoutes,
    treeRoutes,
    repositoryRoutes,
  ];
  for (const routesOf of routes) api.route('/', routesOf(github));
  api.get('/rate_limit', (context) => {
    const { principal } = context.var;
    const [core, search] = [github.rateLimits.status(principal, 'core'), github.rateLimits.status(principal, 'search')];
    return context.json({ resources: { core, search }, rate: core });
  });
  api.all('*', () => {
    throw notFound();
  });
  return api;
}

function tooLarge(): never {
  throw new GitHubError(413, 'Payload too large');
}
