import { html } from 'hono/html';
import type { Delivery } from '../state/deliveries.ts';
import { time } from './format.ts';
import type { Html, PageContext } from './page.ts';

/** Deliveries with their outcome, each with a button to send it again. */
export function deliveryTable(context: PageContext, deliveries: readonly Delivery[], nowMs: number): Html {
  const { texts, language } = context.var;
  if (deliveries.length === 0) return html`<p class="soft">${texts.noDeliveries}</p>`;
  return html`<div class="table"><table class="stack">
<thead><tr><th scope="col">${texts.event}</th><th scope="col">${texts.answer}</th><th scope="col">${texts.duration}</th>
<th scope="col">${texts.when}</th><th scope="col"><span class="hidden">${texts.actions}</span></th></tr></thead>
<tbody>${deliveries.map(
    (delivery) => html`<tr>
<th scope="row"><a href="/deliveries/${delivery.id}">${delivery.event}${delivery.action ? `.${delivery.action}` : ''}</a>
${delivery.redelivery ? html`<span class="tag">${texts.redelivery}</span>` : ''}
<span class="soft block">${delivery.repository ?? ''}</span></th>
<td>${deliveryState(context, delivery)}</td>
<td class="number">${delivery.duration_ms} ms</td>
<td class="number">${time(language, new Date(delivery.delivered_at), nowMs)}</td>
<td><form method="post" action="/deliveries/${delivery.id}/redeliver">
<button aria-label="${texts.redeliver}: ${delivery.event} ${delivery.id}">${texts.redeliver}</button></form></td>
</tr>`,
  )}</tbody></table></div>`;
}

export function deliveryState(context: PageContext, delivery: Delivery): Html {
  const { texts } = context.var;
  const accepted = delivery.status_code < 300;
  return html`<span class="state ${accepted ? 'good' : 'bad'}">${accepted ? texts.accepted : texts.failed}</span>
<span class="soft block">${delivery.status_code} ${accepted ? '' : delivery.status}</span>`;
}
