import { html } from 'hono/html';
import type { GitHub } from '../github.ts';
import type { Html, PageContext } from './page.ts';

/** What the last form did, by `?done=` and `?delivery=`: that it worked, and what became of the webhook. */
export function notice(context: PageContext, github: GitHub): Html {
  const { texts } = context.var;
  const done = context.req.query('done');
  if (done === 'unchanged') return html`<p class="notice" role="status">${texts.unchanged}</p>`;
  if (done === 'branchInvalid') return html`<p class="notice bad" role="alert">${texts.branchInvalid}</p>`;
  if (done !== 'pushed' && done !== 'branchCreated') return html``;
  const id = context.req.query('delivery') ?? '';
  const delivery = /^\d{1,12}$/.test(id) ? github.deliveries.find(Number(id)) : null;
  const accepted = delivery !== null && delivery.status_code < 300;
  const outcome = accepted ? texts.webhookSent : texts.webhookFailed;
  return html`<p class="notice ${accepted ? 'good' : 'warn'}" role="status"><strong>${texts[done]}.</strong>
${delivery === null ? texts.webhookAbsent : outcome}</p>`;
}
