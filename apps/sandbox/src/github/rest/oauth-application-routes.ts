import { Hono } from 'hono';
import { z } from 'zod';
import { accountOf } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { isClient } from '../oauth/client.ts';
import { presentAccount } from '../present/account.ts';
import type { Grantee } from '../state/tokens.ts';
import { type ApiContext, type ApiEnvironment, readBody } from './environment.ts';
import { notFound } from './errors.ts';

const TokenBody = z.object({ access_token: z.string().min(1) });

/** What an OAuth client may do with the tokens of its users, signed in by its id and secret. */
export function oauthApplicationRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.post('/applications/:client_id/token', async (context) => {
    const { token, grantee } = await readToken(github, context);
    return context.json(presentToken(github, token, grantee));
  });

  routes.patch('/applications/:client_id/token', async (context) => {
    const { token, grantee } = await readToken(github, context);
    github.tokens.revoke(token);
    return context.json(presentToken(github, github.tokens.issueUser(grantee).token, grantee));
  });

  routes.delete('/applications/:client_id/token', async (context) => {
    github.tokens.revoke((await readToken(github, context)).token);
    return context.body(null, 204);
  });

  routes.delete('/applications/:client_id/grant', async (context) => {
    github.tokens.revokeUser((await readToken(github, context)).grantee.login);
    return context.body(null, 204);
  });
  return routes;
}

type UserGrantee = Extract<Grantee, { kind: 'user' }>;

async function readToken(github: GitHub, context: ApiContext): Promise<{ token: string; grantee: UserGrantee }> {
  const [, basic = ''] = /^basic +(\S+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  if (!isClient(github, id, secret) || context.req.param('client_id') !== id) throw notFound();
  const { access_token: token } = await readBody(context, TokenBody, 'OauthAccess');
  const grantee = github.tokens.find(token);
  if (grantee?.kind !== 'user') throw notFound();
  return { token, grantee };
}

function presentToken(github: GitHub, token: string, { login, scope }: UserGrantee) {
  return {
    id: accountOf(login).id,
    url: `${github.apiUrl}/authorizations/${accountOf(login).id}`,
    scopes: scope === '' ? [] : scope.split(','),
    token,
    token_last_eight: token.slice(-8),
    app: { url: github.webUrl, name: github.app.name, client_id: github.app.clientId },
    user: presentAccount(github, accountOf(login)),
    expires_at: github.tokens.expiryOf(token)?.toISOString() ?? null,
  };
}
