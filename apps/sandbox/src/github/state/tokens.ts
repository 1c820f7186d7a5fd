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

const codeLifetimeMs = 10 * 60_000;
export const installationTokenLifetimeMs = 60 * 60_000;

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

  issue(grantee: Grantee): { token: string; expiresAt: Date | null } {
    const token = `${grantee.kind === 'user' ? 'ghu' : 'ghs'}_${randomBytes(27).toString('hex').slice(0, 36)}`;
    const expiresAt = grantee.kind === 'user' ? null : this.#now() + installationTokenLifetimeMs;
    this.#database.prepare('DELETE FROM token WHERE expires_at <= ?').run(this.#now());
    this.#database
      .prepare('INSERT INTO token (hash, grantee, expires_at) VALUES (?, ?, ?)')
      .run(hash(token), JSON.stringify(grantee), expiresAt);
    return { token, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
  }

  find(token: string): Grantee | null {
    const row = this.#database.prepare('SELECT grantee, expires_at FROM token WHERE hash = ?').get(hash(token));
    if (!row || (typeof row.expires_at === 'number' && row.expires_at <= this.#now())) return null;
    return Grantee.parse(JSON.parse(String(row.grantee)));
  }

  revoke(token: string): void {
    this.#database.prepare('DELETE FROM token WHERE hash = ?').run(hash(token));
  }

  revokeUser(login: string): void {
    this.#database.prepare("DELETE FROM token WHERE grantee ->> '$.login' = ?").run(login);
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
