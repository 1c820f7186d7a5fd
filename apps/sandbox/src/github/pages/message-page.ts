import { html } from 'hono/html';
import { answerPage, type PageContext } from './page.ts';
import type { Texts } from './texts/texts.ts';

/** A page that says one thing and leads back. */
export function messagePage(context: PageContext, text: keyof Texts, status: 400 | 404 = 404) {
  const { texts } = context.var;
  const body = html`<section class="card narrow"><h1>${texts[text]}</h1><p><a href="/">${texts.back}</a></p></section>`;
  return answerPage(context, { title: String(status), body, status, address: '/' });
}
