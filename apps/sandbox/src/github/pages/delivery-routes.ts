import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { GitHub } from '../github.ts';
import type { Delivery } from '../state/deliveries.ts';
import { announcePing } from '../webhooks/announce.ts';
import { deliveryState, deliveryTable } from './delivery-table.ts';
import { time } from './format.ts';
import { messagePage } from './message-page.ts';
import { answerPage, type PageContext, type PageEnvironment } from './page.ts';

const shown = 100;

export function deliveryRoutes(github: GitHub): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>();

  routes.get('/deliveries', (context) => {
    const { texts } = context.var;
    const body = html`<div class="heading"><h1>${texts.deliveries}</h1>
<form method="post" action="/deliveries/ping"><button>${texts.sendPing}</button></form></div>
<p class="soft">${texts.deliveriesLead}<br><code>${github.settings.SANDBOX_WEBHOOK_URL}</code></p>
${deliveryTable(context, github.deliveries.list({ limit: shown }), github.now())}`;
    return answerPage(context, { title: texts.deliveries, body });
  });

  routes.post('/deliveries/ping', async (context) => {
    const delivery = await announcePing(github);
    return context.redirect(`/deliveries/${delivery.id}`, 303);
  });

  routes.get('/deliveries/:id', (context) => {
    const delivery = deliveryOf(github, context);
    return delivery ? deliveryPage(context, delivery, github.now()) : messagePage(context, 'notFound');
  });

  routes.post('/deliveries/:id/redeliver', async (context) => {
    const delivery = deliveryOf(github, context);
    if (!delivery) return messagePage(context, 'notFound');
    const { id } = await github.webhooks.redeliver(delivery);
    return context.redirect(`/deliveries/${id}`, 303);
  });
  return routes;
}

function deliveryPage(context: PageContext, delivery: Delivery, nowMs: number) {
  const { texts, language } = context.var;
  const when = time(language, new Date(delivery.delivered_at), nowMs);
  const body = html`<div class="heading"><h1>${texts.delivery} ${delivery.id}: ${delivery.event}</h1>
<form method="post" action="/deliveries/${delivery.id}/redeliver"><button class="primary">${texts.redeliver}</button></form></div>
<p>${deliveryState(context, delivery)}</p>
<p class="soft">${when} · ${delivery.duration_ms} ms · <code>${delivery.guid}</code></p>
${message(context, texts.request, delivery.request_headers, JSON.stringify(JSON.parse(delivery.request_body), null, 2))}
${message(context, texts.response, delivery.response_headers, delivery.response_body)}`;
  return answerPage(context, { title: `${texts.delivery} ${delivery.id}`, body });
}

function message(context: PageContext, title: string, headers: Record<string, string>, content: string) {
  const { texts } = context.var;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return html`<section><h2>${title}</h2>
<h3>${texts.headers}</h3><pre tabindex="0">${lines.join('\n') || texts.emptyBody}</pre>
<h3>${texts.body}</h3><pre tabindex="0">${content || texts.emptyBody}</pre></section>`;
}

function deliveryOf(github: GitHub, context: Context<PageEnvironment>): Delivery | null {
  const id = context.req.param('id') ?? '';
  return /^\d{1,12}$/.test(id) ? github.deliveries.find(Number(id)) : null;
}
