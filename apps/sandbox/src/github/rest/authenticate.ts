import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { GitHub } from '../github.ts';
import type { Principal } from '../principal.ts';
import { badCredentials, GitHubError } from './errors.ts';

const longestJwtSeconds = 10 * 60;
const toleratedDriftSeconds = 60;

/** Reads the `Authorization` header; a wrong token is an error, none at all is an anonymous request. */
export async function authenticate(github: GitHub, context: Context): Promise<Principal> {
  const header = context.req.header('authorization');
  if (header === undefined) return { kind: 'anonymous', address: getConnInfo(context).remote.address ?? 'unknown' };
  const [, scheme = '', value = ''] = /^(bearer|token|basic) +(\S+)$/i.exec(header) ?? [];
  if (value === '') throw badCredentials();
  if (scheme.toLowerCase() === 'basic') return authenticateToken(github, passwordOf(value));
  return looksLikeJwt(value) ? authenticateApp(github, value) : authenticateToken(github, value);
}

/** GitHub takes a token as either part of Basic credentials. */
export function passwordOf(basic: string): string {
  const [name = '', password = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return password === '' || password === 'x-oauth-basic' ? name : password;
}

export function authenticateToken(github: GitHub, token: string): Principal {
  const grantee = github.tokens.find(token);
  if (grantee?.kind === 'user') return grantee;
  if (grantee?.kind !== 'installation') throw badCredentials();
  const installation = github.installations.find(grantee.installationId);
  if (!installation) throw badCredentials();
  const { repositoryIds, permissions } = grantee;
  return { kind: 'installation', installation, repositoryIds, permissions };
}

async function authenticateApp(github: GitHub, token: string): Promise<Principal> {
  const claims = await verify(github, token);
  const now = Math.floor(github.now() / 1_000);
  if (!Number.isInteger(claims.iat) || Number(claims.iat) > now + toleratedDriftSeconds) {
    throw new GitHubError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (Number(claims.exp) > now + longestJwtSeconds + toleratedDriftSeconds) {
    throw new GitHubError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (![String(github.app.id), github.app.clientId].includes(String(claims.iss))) {
    throw new GitHubError(401, "'Issuer' claim ('iss') must be an Integer");
  }
  return { kind: 'app' };
}

async function verify(github: GitHub, token: string) {
  const options = { algorithms: ['RS256'], requiredClaims: ['iat', 'exp', 'iss'], currentDate: new Date(github.now()) };
  try {
    const { payload } = await jwtVerify(token, github.app.publicKey, {
      ...options,
      clockTolerance: toleratedDriftSeconds,
    });
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    const expiration = 'exp' === (error instanceof errors.JWTExpired ? error.claim : undefined);
    const message = expiration
      ? "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
      : 'A JSON web token could not be decoded';
    throw new GitHubError(401, message);
  }
}

function looksLikeJwt(token: string): boolean {
  if (token.split('.').length !== 3) return false;
  try {
    return decodeProtectedHeader(token).alg !== undefined;
  } catch {
    return false;
  }
}
