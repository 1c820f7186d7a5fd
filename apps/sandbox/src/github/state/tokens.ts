import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

export const Grantee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), login: z.string(), scope: z.string() }),
  z.object({
    kind: z.literal('installation'),
    installationId: z.int(),
    /** Null: every repository of the installation. */
    repositoryIds: z.array(z.int()).nullable(),
    permissions: z.record(z.string(), z.string()),
  }),
]);
export type Grantee = z.infer<typeof Grantee>;

const AuthorizationCode = z.object({
  login: z.string(),
  scope: z.string(),
  redirect_uri: z.string(),
  code_challenge: z.string().nullable(),
  expires_at: z.number(),
});
export type AuthorizationCode = z.infer<typeof AuthorizationCode>;

const RefreshToken = z.object({
  access_hash: z.string(),
  login: z.string(),
  scope: z.string(),
  expires_at: z.number(),
});

type UserGrantee = Extract<Grantee, { kind: 'user' }>;

/** What a user's sign-in or a refresh gives. */
export interface UserTokens {
  readonly grantee: UserGrantee;
  readonly token: string;
  readonly refreshToken: string;
}

const codeLifetimeMs = 10 * 60_000;
export const installationTokenLifetimeMs = 60 * 60_000;
export const userTokenLifetimeMs = 8 * 60 * 60_000;
export const refreshTokenLifetimeMs = 184 * 24 * 60 * 60_000;

/** Authorization codes and access tokens. Only their hashes are kept. */
export class Tokens {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  issueCode(grant: { login: string; scope: string; redirectUri: string; codeChallenge: string | null }): string {
    const code = randomBytes(10).toString('hex');
    const { login, scope, redirectUri, codeChallenge } = grant;
    this.#database
      .prepare('INSERT INTO authorization_code VALUES (?, ?, ?, ?, ?, ?)')
      .run(hash(code), login, scope, redirectUri, codeChallenge, this.#now() + codeLifetimeMs);
    return code;
  }

  /** A code is good once, whatever becomes of the exchange. */
  takeCode(code: string): AuthorizationCode | null {
    const row = this.#database.prepare('DELETE FROM authorization_code WHERE hash = ? RETURNING *').get(hash(code));
    if (!row) return null;
    const grant = AuthorizationCode.parse(row);
    return grant.expires_at > this.#now() ? grant : null;
  }

  /** An installation's token. */
  issue(grantee: Extract<Grantee, { kind: 'installation' }>): { token: string; expiresAt: Date } {
    return this.#insert('ghs', grantee, installationTokenLifetimeMs);
  }

  /** A user's token, and the one that gives the next. */
  issueUser(grantee: UserGrantee): UserTokens {
    const { token } = this.#insert('ghu', grantee, userTokenLifetimeMs);
    const refreshToken = randomToken('ghr');
    this.#database
      .prepare('INSERT INTO refresh_token (hash, access_hash, login, scope, expires_at) VALUES (?, ?, ?, ?, ?)')
      .run(hash(refreshToken), hash(token), grantee.login, grantee.scope, this.#now() + refreshTokenLifetimeMs);
    return { grantee, token, refreshToken };
  }

  /** A refresh token is good once. With it goes the access token that came with it. */
  refresh(refreshToken: string): UserTokens | null {
    const row = this.#database.prepare('DELETE FROM refresh_token WHERE hash = ? RETURNING *').get(hash(refreshToken));
    if (!row) return null;
    const { access_hash, login, scope, expires_at } = RefreshToken.parse(row);
    if (expires_at <= this.#now()) return null;
    this.#database.prepare('DELETE FROM token WHERE hash = ?').run(access_hash);
    return this.issueUser({ kind: 'user', login, scope });
  }

  #insert(prefix: string, grantee: Grantee, lifetimeMs: number): { token: string; expiresAt: Date } {
    const token = randomToken(prefix);
    const expiresAt = this.#now() + lifetimeMs;
    this.#database.prepare('DELETE FROM token WHERE expires_at <= ?').run(this.#now());
    this.#database.prepare('DELETE FROM refresh_token WHERE expires_at <= ?').run(this.#now());
    this.#database
      .prepare('INSERT INTO token (hash, grantee, expires_at) VALUES (?, ?, ?)')
      .run(hash(token), JSON.stringify(grantee), expiresAt);
    return { token, expiresAt: new Date(expiresAt) };
  }

  find(token: string): Grantee | null {
    const row = this.#database.prepare('SELECT grantee, expires_at FROM token WHERE hash = ?').get(hash(token));
    if (!row || (typeof row.expires_at === 'number' && row.expires_at <= this.#now())) return null;
    return Grantee.parse(JSON.parse(String(row.grantee)));
  }

  /** When a token ends by itself; null for one that never does, or is not known. */
  expiryOf(token: string): Date | null {
    const row = this.#database.prepare('SELECT expires_at FROM token WHERE hash = ?').get(hash(token));
    return typeof row?.expires_at === 'number' ? new Date(row.expires_at) : null;
  }

  revoke(token: string): void {
    this.#database.prepare('DELETE FROM token WHERE hash = ?').run(hash(token));
    this.#database.prepare('DELETE FROM refresh_token WHERE access_hash = ?').run(hash(token));
  }

  revokeUser(login: string): void {
    this.#database.prepare("DELETE FROM token WHERE grantee ->> '$.login' = ?").run(login);
    this.#database.prepare('DELETE FROM refresh_token WHERE login = ?').run(login);
  }
}

const randomToken = (prefix: string): string => `${prefix}_${randomBytes(27).toString('hex').slice(0, 36)}`;

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
