import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import { type Account, accountOf, sameName, samplesOwner } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { listPeople } from '../oauth/authorize-routes.ts';
import { announceInstallation } from '../webhooks/announce.ts';
import { messagePage } from './message-page.ts';
import { answerPage, type PageEnvironment } from './page.ts';

const Change = z.object({ login: z.string(), action: z.enum(['install', 'uninstall']) });

/** The pages on which an account takes the App in or throws it out. */
export function installationPages(github: GitHub): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>();
  const address = `/apps/${github.app.slug}/installations/new`;
  routes.get(`/apps/${github.app.slug}`, (context) => context.redirect(address, 302));

  routes.get(address, async (context) => {
    const { texts } = context.var;
    const accounts = await installable(github);
    const body = html`<h1>${texts.installations}</h1><p class="soft">${texts.installationsLead}</p>
<div class="table"><table>
<thead><tr><th scope="col">${texts.account}</th><th scope="col">${texts.state}</th><th scope="col"><span class="hidden">${texts.actions}</span></th></tr></thead>
<tbody>${accounts.map((account) => {
      const installed = github.installations.of(account.login) !== null;
      const label = installed ? texts.uninstall : texts.install;
      return html`<tr><th scope="row">${account.login}<span class="soft block">${account.name}</span></th>
<td><span class="state ${installed ? 'good' : 'idle'}">${installed ? texts.installed : texts.notInstalled}</span></td>
<td><form method="post" action="${address}"><input type="hidden" name="login" value="${account.login}">
<button name="action" value="${installed ? 'uninstall' : 'install'}" aria-label="${label}: ${account.login}">${label}</button></form></td></tr>`;
    })}</tbody></table></div>`;
    return answerPage(context, { title: texts.installations, body });
  });

  routes.post(address, async (context) => {
    const change = Change.safeParse(await context.req.parseBody());
    const account = (await installable(github)).find((one) => sameName(one.login, change.data?.login ?? ''));
    if (!change.success || !account) return messagePage(context, 'badForm', 400);
    await (change.data.action === 'install' ? install(github, account) : uninstall(github, account));
    return context.redirect(address, 303);
  });
  return routes;
}

async function install(github: GitHub, account: Account): Promise<void> {
  if (github.installations.of(account.login)) return;
  const installation = github.installations.add(account.login);
  await announceInstallation(github, { action: 'created', installation, sender: account });
}

async function uninstall(github: GitHub, account: Account): Promise<void> {
  const installation = github.installations.of(account.login);
  if (!installation) return;
  github.installations.remove(account.login);
  await announceInstallation(github, { action: 'deleted', installation, sender: account });
}

async function installable(github: GitHub): Promise<Account[]> {
  return [accountOf(samplesOwner.login), ...(await listPeople(github))];
}
