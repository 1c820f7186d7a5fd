import { Hono } from 'hono';
import { type Account, accountOf, ownersOf, sameName, samplesOwner, testUsers } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { authorizePage } from '../pages/authorize-page.ts';
import { messagePage } from '../pages/message-page.ts';
import type { PageEnvironment } from '../pages/page.ts';
import { AuthorizationRequest, callbackAddress } from './authorization.ts';

/** `/login/oauth/authorize`: a page on which one chooses which test user to be. */
export function authorizeRoutes(github: GitHub): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>();

  routes.get('/login/oauth/authorize', async (context) => {
    const request = AuthorizationRequest.safeParse(context.req.query());
    if (!request.success || request.data.client_id !== github.app.clientId) {
      return messagePage(context, 'authorizeInvalid', request.success ? 404 : 400);
    }
    const accounts = await listPeople(github);
    const people = await Promise.all(accounts.map((account) => countRepositories(github, account)));
    return authorizePage(context, { github, request: request.data, people });
  });

  routes.post('/login/oauth/authorize', async (context) => {
    const form = await context.req.parseBody();
    const request = AuthorizationRequest.safeParse(form);
    if (!request.success || request.data.client_id !== github.app.clientId) {
      return messagePage(context, 'authorizeInvalid', request.success ? 404 : 400);
    }
    if (form.decision === 'cancel') return context.redirect(callbackAddress(request.data, denied), 302);
    const person = (await listPeople(github)).find((account) => sameName(account.login, request.data.login ?? ''));
    if (!person) return messagePage(context, 'authorizeInvalid', 400);
    const code = github.tokens.issueCode({
      login: person.login,
      scope: request.data.scope,
      redirectUri: request.data.redirect_uri,
      codeChallenge: request.data.code_challenge ?? null,
    });
    return context.redirect(callbackAddress(request.data, { code }), 302);
  });
  return routes;
}

const denied = { error: 'access_denied', error_description: 'The user has denied your application access.' };

/** The test users, and everyone else who owns a folder of repositories. */
export async function listPeople(github: GitHub): Promise<Account[]> {
  const known = [...testUsers, samplesOwner];
  const folders = await github.repositories.owners();
  const others = folders.filter((owner) => !known.some((account) => sameName(account.login, owner)));
  return [...testUsers, ...others.map(accountOf)];
}

async function countRepositories(github: GitHub, account: Account) {
  const lists = await Promise.all(ownersOf(account.login).map((owner) => github.repositories.listOf(owner)));
  return { account, repositories: lists.flat().length };
}
