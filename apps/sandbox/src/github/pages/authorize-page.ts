import { html } from 'hono/html';
import type { Account } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import type { AuthorizationRequest } from '../oauth/authorization.ts';
import { answerPage, type PageContext } from './page.ts';

interface Choice {
  readonly github: GitHub;
  readonly request: AuthorizationRequest;
  readonly people: readonly { account: Account; repositories: number }[];
}

export function authorizePage(context: PageContext, { github, request, people }: Choice) {
  const { texts } = context.var;
  const { login, ...carried } = request;
  const wished = people.find(({ account }) => account.login === login) ?? people[0];
  const body = html`<section class="card narrow">
<h1>${texts.authorizeTitle} ${github.app.name}</h1>
<form method="post" action="/login/oauth/authorize">
${Object.entries(carried).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<fieldset>
<legend><strong>${github.app.name}</strong> ${texts.authorizeLead}</legend>
${people.map(
  ({ account, repositories }) => html`<label class="person">
<input type="radio" name="login" value="${account.login}"${account === wished?.account ? html` checked` : ''}>
<img src="/_avatars/${account.login}" alt="" width="36" height="36">
<span><strong>${account.name}</strong><span class="soft">${account.login} · ${repositories} ${texts.repositoriesCount}</span></span>
</label>`,
)}
</fieldset>
<div class="actions">
<button class="primary" name="decision" value="approve">${texts.authorize}</button>
<button name="decision" value="cancel">${texts.cancel}</button>
</div>
<p class="soft">${texts.authorizeGoesTo} <code>${new URL(request.redirect_uri).origin}</code></p>
</form>
</section>`;
  return answerPage(context, { title: texts.authorizeTitle, body });
}
