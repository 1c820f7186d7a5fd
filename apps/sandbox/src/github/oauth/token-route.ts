import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { GitHub } from '../github.ts';
import type { AuthorizationCode } from '../state/tokens.ts';
import { isClient } from './client.ts';

const Exchange = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  code: z.string(),
  redirect_uri: z.string().optional(),
  code_verifier: z.string().optional(),
});
type Exchange = z.infer<typeof Exchange>;

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
const wrongRedirect = {
  error: 'redirect_uri_mismatch',
  error_description: 'The redirect_uri MUST match the registered callback URL for this application.',
};

/** `/login/oauth/access_token`: as on GitHub every refusal is a 200 with `error`. */
export function tokenRoute(github: GitHub): Hono {
  const routes = new Hono();
  routes.post('/login/oauth/access_token', async (context) => {
    const exchange = Exchange.safeParse(await readParameters(context));
    if (!exchange.success) {
      const code = exchange.error.issues.every((issue) => issue.path[0] === 'code');
      return answer(context, refuse(code ? wrongCode : wrongClient));
    }
    const grant = redeem(github, exchange.data);
    if ('error' in grant) return answer(context, refuse(grant));
    const { login, scope } = grant;
    const { token } = github.tokens.issue({ kind: 'user', login, scope });
    return answer(context, { access_token: token, scope, token_type: 'bearer' });
  });
  return routes;
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

function answer(context: Context, values: Record<string, string>): Response {
  context.header('cache-control', 'no-store');
  if (context.req.header('accept')?.includes('json')) return context.json(values);
  return context.body(new URLSearchParams(values).toString(), 200, {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  });
}
