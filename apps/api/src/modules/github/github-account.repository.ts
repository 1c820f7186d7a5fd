import { Injectable } from '@nestjs/common';
import type { OwnerId, SealedBox } from '@zarpa/contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import { Sealer } from '../../sealing/sealer.ts';
import type { OwnerScope } from '../session/index.ts';
import type { GithubTokens } from './github-oauth.ts';

export interface GithubAccount {
  readonly githubUserId: number;
  readonly login: string;
  readonly name: string | null;
  readonly avatarUrl: string | null;
}

/** Tokens as they were read: changed only while they are still the ones that are kept. */
export interface StoredTokens extends GithubTokens {
  readonly sealed: SealedBox;
}

interface TokenRow {
  readonly sealedToken: SealedBox;
  readonly expiresAt: Date | null;
  readonly sealedRefreshToken: SealedBox | null;
  readonly refreshExpiresAt: Date | null;
}

const sealContext = (ownerId: OwnerId): string => `github:${ownerId}`;
const refreshSealContext = (ownerId: OwnerId): string => `github-refresh:${ownerId}`;

/** The GitHub account that an owner linked. Its tokens are sealed. One whose token GitHub refused has to be linked again: until then it is none. */
@Injectable()
export class GithubAccountRepository {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  async find(scope: OwnerScope): Promise<GithubAccount | undefined> {
    const [row] = await this.database.read<GithubAccount>(
      {
        name: 'github-account',
        text: `SELECT github_user_id AS "githubUserId", login, name, avatar_url AS "avatarUrl"
               FROM github_account WHERE owner_id = $1 AND refused_at IS NULL`,
      },
      [scope.ownerId],
    );
    return row;
  }

  async tokens({ ownerId }: OwnerScope, db: Queryable = this.database.pool): Promise<StoredTokens | null> {
    const { rows } = await db.query<TokenRow>(
      `SELECT sealed_token AS "sealedToken", token_expires_at AS "expiresAt",
         sealed_refresh_token AS "sealedRefreshToken", refresh_token_expires_at AS "refreshExpiresAt"
       FROM github_account WHERE owner_id = $1 AND refused_at IS NULL`,
      [ownerId],
    );
    const [row] = rows;
    if (!row) return null;
    const { sealedToken, expiresAt, sealedRefreshToken, refreshExpiresAt } = row;
    const refresh = sealedRefreshToken && {
      token: this.sealer.open(sealedRefreshToken, refreshSealContext(ownerId)),
      expiresAt: refreshExpiresAt,
    };
    return { token: this.sealer.open(sealedToken, sealContext(ownerId)), expiresAt, refresh, sealed: sealedToken };
  }

  /** GitHub does not take this token any more. One that came in its place meanwhile stays. */
  async refuse({ ownerId }: OwnerScope, { sealed }: Pick<StoredTokens, 'sealed'>, db: Queryable): Promise<void> {
    await db.query('UPDATE github_account SET refused_at = now() WHERE owner_id = $1 AND sealed_token = $2', [
      ownerId,
      jsonb(sealed),
    ]);
  }

  /** False where others took their place meanwhile, or the account was forgotten: that stays. */
  async replace(
    { ownerId }: OwnerScope,
    { sealed }: Pick<StoredTokens, 'sealed'>,
    next: GithubTokens,
    db: Queryable,
  ): Promise<boolean> {
    const { rowCount } = await db.query(
      `UPDATE github_account SET sealed_token = $2, token_expires_at = $3, sealed_refresh_token = $4,
         refresh_token_expires_at = $5
       WHERE owner_id = $1 AND sealed_token = $6`,
      [ownerId, ...this.columns(ownerId, next), jsonb(sealed)],
    );
    return rowCount === 1;
  }

  async save({ ownerId }: OwnerScope, account: GithubAccount, tokens: GithubTokens): Promise<void> {
    const { githubUserId, login, name, avatarUrl } = account;
    await this.database.pool.query(
      `INSERT INTO github_account (owner_id, sealed_token, token_expires_at, sealed_refresh_token,
         refresh_token_expires_at, github_user_id, login, name, avatar_url)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (owner_id) DO UPDATE SET github_user_id = excluded.github_user_id, login = excluded.login,
         name = excluded.name, avatar_url = excluded.avatar_url, sealed_token = excluded.sealed_token,
         token_expires_at = excluded.token_expires_at, sealed_refresh_token = excluded.sealed_refresh_token,
         refresh_token_expires_at = excluded.refresh_token_expires_at, connected_at = now(), refused_at = NULL`,
      [ownerId, ...this.columns(ownerId, tokens), githubUserId, login, name, avatarUrl],
    );
  }

  async delete(scope: OwnerScope): Promise<void> {
    await this.database.pool.query('DELETE FROM github_account WHERE owner_id = $1', [scope.ownerId]);
  }

  private columns(ownerId: OwnerId, { token, expiresAt, refresh }: GithubTokens): readonly unknown[] {
    const sealedRefreshToken = refresh && jsonb(this.sealer.seal(refresh.token, refreshSealContext(ownerId)));
    const sealedToken = jsonb(this.sealer.seal(token, sealContext(ownerId)));
    return [sealedToken, expiresAt, sealedRefreshToken, refresh?.expiresAt ?? null];
  }
}
