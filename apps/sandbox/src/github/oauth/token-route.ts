import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { GitHub } from '../github.ts';
import {
  type AuthorizationCode,
  refreshTokenLifetimeMs,
  type UserTokens,
  userTokenLifetimeMs,
} from '../state/tokens.ts';
import { isClient } from './client.ts';

const Exchange = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  code: z.string(),
  redirect_uri: z.string().optional(),
  code_verifier: z.string().optional(),
});
type Exchange = z.infer<typeof Exchange>;

const Refresh = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string(),
});
type Refresh = z.infer<typeof Refresh>;

interface Refusal {
  readonly error: string;
  readonly error_description: string;
}

const documentation =
  'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/';
const wrongClient = {
  error: 'incorrect_client_credentials',
  error_description: 'The client_id and/or client_secret passed are incorrect.',
};
const wrongCode = { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' };
const wrongRefreshToken = {
  error: 'bad_refresh_token',
  error_description: 'The refresh token passed is incorrect or expired.',
};
const wrongRedirect = {
  error: 'redirect_uri_mismatch',
  error_description: 'The redirect_uri MUST match the registered callback URL for this application.',
};

/** `/login/oauth/access_token`: as on GitHub every refusal is a 200 with `error`. */
export function tokenRoute(github: GitHub): Hono {
  const routes = new Hono();
  routes.post('/login/oauth/access_token', async (context) => {
    const parameters = await readParameters(context);
    const refresh = Refresh.safeParse(parameters);
    if (refresh.success) return answer(context, grantOf(renew(github, refresh.data)));
    const exchange = Exchange.safeParse(parameters);
    if (!exchange.success) {
      const code = exchange.error.issues.every((issue) => issue.path[0] === 'code');
      return answer(context, refuse(code ? wrongCode : wrongClient));
    }
    return answer(context, grantOf(signIn(github, exchange.data)));
  });
  return routes;
}

function signIn(github: GitHub, exchange: Exchange): UserTokens | Refusal {
  const grant = redeem(github, exchange);
  if ('error' in grant) return grant;
  return github.tokens.issueUser({ kind: 'user', login: grant.login, scope: grant.scope });
}

function renew(github: GitHub, { client_id, client_secret, refresh_token }: Refresh): UserTokens | Refusal {
  if (!isClient(github, client_id, client_secret)) return wrongClient;
  return github.tokens.refresh(refresh_token) ?? wrongRefreshToken;
}

function grantOf(granted: UserTokens | Refusal): Record<string, string | number> {
  if ('error' in granted) return refuse(granted);
  return {
    access_token: granted.token,
    expires_in: userTokenLifetimeMs / 1_000,
    refresh_token: granted.refreshToken,
    refresh_token_expires_in: refreshTokenLifetimeMs / 1_000,
    scope: granted.grantee.scope,
    token_type: 'bearer',
  };
}

function redeem(github: GitHub, exchange: Exchange): AuthorizationCode | Refusal {
  if (!isClient(github, exchange.client_id, exchange.client_secret)) return wrongClient;
  const grant = github.tokens.takeCode(exchange.code);
  if (!grant) return wrongCode;
  if (exchange.redirect_uri !== undefined && exchange.redirect_uri !== grant.redirect_uri) return wrongRedirect;
  return provesChallenge(grant, exchange.code_verifier) ? grant : wrongCode;
}

function provesChallenge({ code_challenge }: AuthorizationCode, verifier: string | undefined): boolean {
  if (code_challenge === null) return true;
  return (
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url') === code_challenge
  );
}

function refuse(refusal: Refusal): Record<string, string> {
  return { ...refusal, error_uri: `${documentation}#${refusal.error.replaceAll('_', '-')}` };
}

async function readParameters(context: Context): Promise<unknown> {
  if (!context.req.header('content-type')?.startsWith('application/json')) {
    return { ...context.req.query(), ...(await context.req.parseBody()) };
  }
  return context.req.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) return null;
    throw error;
  });
}

function answer(context: Context, values: Record<string, string | number>): Response {
  context.header('cache-control', 'no-store');
  if (context.req.header('accept')?.includes('json')) return context.json(values);
  const form = Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]);
  return context.body(new URLSearchParams(form).toString(), 200, {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  });
}
