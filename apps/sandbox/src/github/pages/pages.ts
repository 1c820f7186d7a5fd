import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import type { GitHub } from '../github.ts';
import { authorizeRoutes } from '../oauth/authorize-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { editRoutes } from './edit-routes.ts';
import { installationPages } from './installation-pages.ts';
import { messagePage } from './message-page.ts';
import { type PageEnvironment, pageMiddleware } from './page.ts';
import { repositoryPages } from './repository-routes.ts';

const largestFormBytes = 2 * 1_024 * 1_024;

/** The pages for people. No scripts: every action is a form. */
export function pages(github: GitHub): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>();
  routes.use('*', pageMiddleware);
  routes.use('*', csrf());
  routes.use('*', bodyLimit({ maxSize: largestFormBytes }));
  for (const routesOf of [authorizeRoutes, installationPages, deliveryRoutes, editRoutes, repositoryPages]) {
    routes.route('/', routesOf(github));
  }
  routes.all('*', (context) => messagePage(context, 'notFound'));
  return routes;
}
