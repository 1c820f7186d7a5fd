import { Hono } from 'hono';
import type { GitHub } from '../github.ts';
import { presentDelivery, presentFullDelivery } from '../present/delivery.ts';
import type { Delivery } from '../state/deliveries.ts';
import { type ApiContext, type ApiEnvironment, requireApp } from './environment.ts';
import { GitHubError, notFound } from './errors.ts';
import { link, readPage } from './pagination.ts';

/** The App's webhook and its deliveries. Failed ones are sent again only when asked for. */
export function hookRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/app/hook/config', (context) => {
    requireApp(context);
    const url = github.settings.SANDBOX_WEBHOOK_URL;
    return context.json({ content_type: 'json', insecure_ssl: '0', secret: '********', url });
  });

  routes.get('/app/hook/deliveries', (context) => {
    requireApp(context);
    const { size } = readPage(context);
    const before = readCursor(context.req.query('cursor'));
    const deliveries = github.deliveries.list({ limit: size + 1, ...(before === undefined ? {} : { before }) });
    const page = deliveries.slice(0, size);
    const last = page.at(-1);
    if (deliveries.length > size && last)
      context.header('link', link(context, github.webUrl, { cursor: `v1_${last.id}` }, 'next'));
    return context.json(page.map(presentDelivery));
  });

  routes.get('/app/hook/deliveries/:id{\\d{1,12}}', (context) => {
    requireApp(context);
    return context.json(presentFullDelivery(deliveryOf(github, context)));
  });

  routes.post('/app/hook/deliveries/:id{\\d{1,12}}/attempts', (context) => {
    requireApp(context);
    void github.webhooks.redeliver(deliveryOf(github, context));
    return context.json({}, 202);
  });
  return routes;
}

function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const [, id] = /^v1_(\d{1,12})$/.exec(cursor) ?? [];
  if (id === undefined) throw new GitHubError(400, 'Invalid cursor');
  return Number(id);
}

function deliveryOf(github: GitHub, context: ApiContext): Delivery {
  const delivery = github.deliveries.find(Number(context.req.param('id')));
  if (!delivery) throw notFound();
  return delivery;
}
