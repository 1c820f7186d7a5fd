import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@zarpa/contracts';
import pLimit from 'p-limit';
import { Database, type Queryable } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import type { OwnerScope } from '../session/index.ts';
import { GithubAccountRepository, type StoredTokens } from './github-account.repository.ts';
import { GithubOauth } from './github-oauth.ts';

/** A token that ends within this time is not begun with: a call, or several, may still be made with it. */
const spareMs = 5 * 60_000;
/** Each refresh keeps a connection of the pool while GitHub is asked. */
const mostAtOnce = 2;

/**
 * The tokens of owners, refreshed before they end. GitHub takes a refresh token once, so an owner's tokens are refreshed by one
 * caller at a time, in whichever process: the others wait for what it brings.
 */
@Injectable()
export class GithubTokenRefresh {
  private readonly underway = new Map<OwnerId, Promise<string | null>>();
  private readonly limit = pLimit(mostAtOnce);

  constructor(
    private readonly database: Database,
    private readonly accounts: GithubAccountRepository,
    private readonly oauth: GithubOauth,
  ) {}

  /**
   * One that works, as far as is known here; null where no account is linked.
   * @throws DomainError `github_not_connected` where GitHub refused to refresh it: the account has to be linked again.
   */
  async token(scope: OwnerScope): Promise<string | null> {
    const tokens = await this.accounts.tokens(scope);
    if (!tokens || !endsWithin(tokens.expiresAt, spareMs)) return tokens?.token ?? null;
    const next = await this.next(scope, tokens.token).catch((error: unknown) => {
      const isPassing = error instanceof DomainError && error.code === 'github_unavailable';
      if (isPassing && !endsWithin(tokens.expiresAt, 0)) return tokens.token;
      throw error;
    });
    if (next === null) throw new DomainError('github_not_connected');
    return next;
  }

  /** What is to be used instead of a token that ends or was refused; null where its account has to be linked again. */
  next(scope: OwnerScope, token: string): Promise<string | null> {
    const { ownerId } = scope;
    const known = this.underway.get(ownerId);
    if (known) return known;
    const fresh = this.limit(() => this.alone(ownerId, (db) => this.refresh(scope, token, db))).finally(() =>
      this.underway.delete(ownerId),
    );
    this.underway.set(ownerId, fresh);
    return fresh;
  }

  private async refresh(scope: OwnerScope, token: string, db: Queryable): Promise<string | null> {
    const tokens = await this.accounts.tokens(scope, db);
    if (!tokens || tokens.token !== token) return tokens?.token ?? null;
    const next = await this.ask(tokens);
    if (next === null) await this.accounts.refuse(scope, tokens, db);
    else if (await this.accounts.replace(scope, tokens, next, db)) return next.token;
    return (await this.accounts.tokens(scope, db))?.token ?? null;
  }

  private async ask({ refresh }: StoredTokens) {
    if (!refresh || endsWithin(refresh.expiresAt, 0)) return null;
    try {
      return await this.oauth.refresh(refresh.token);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'github_authorization_failed') return null;
      throw error;
    }
  }

  /** The lock is the connection's, not a transaction's: GitHub is asked meanwhile. It goes with the connection. */
  private async alone<T>(ownerId: OwnerId, work: (db: Queryable) => Promise<T>): Promise<T> {
    const client = await this.database.pool.connect();
    const lock = [`github-token:${ownerId}`];
    let broken: Error | undefined;
    try {
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', lock);
      return await work(client).finally(() =>
        client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lock).catch((error: Error) => {
          broken = error;
        }),
      );
    } finally {
      client.release(broken);
    }
  }
}

const endsWithin = (end: Date | null, ms: number): boolean => end !== null && end.getTime() <= Date.now() + ms;
