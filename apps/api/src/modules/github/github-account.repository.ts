import { Injectable } from '@nestjs/common';
import type { OwnerId, SealedBox } from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import { Sealer } from '../../sealing/sealer.ts';
import type { OwnerScope } from '../session/index.ts';

export interface GithubAccount {
  readonly githubUserId: number;
  readonly login: string;
  readonly name: string | null;
  readonly avatarUrl: string | null;
}

const sealContext = (ownerId: OwnerId): string => `github:${ownerId}`;

/** The GitHub account that an owner linked. Its token is sealed. One whose token GitHub refused has to be linked again: until then it is none. */
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

  async token(scope: OwnerScope): Promise<string | null> {
    const sealed = await this.sealedToken(scope);
    return sealed && this.sealer.open(sealed, sealContext(scope.ownerId));
  }

  /** GitHub does not take this token any more. One that came in its place meanwhile stays. */
  async refuse(scope: OwnerScope, token: string): Promise<void> {
    const sealed = await this.sealedToken(scope);
    if (sealed === null || this.sealer.open(sealed, sealContext(scope.ownerId)) !== token) return;
    await this.database.pool.query(
      'UPDATE github_account SET refused_at = now() WHERE owner_id = $1 AND sealed_token = $2',
      [scope.ownerId, jsonb(sealed)],
    );
  }

  async save(scope: OwnerScope, account: GithubAccount, token: string): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO github_account (owner_id, github_user_id, login, name, avatar_url, sealed_token)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (owner_id) DO UPDATE SET github_user_id = excluded.github_user_id, login = excluded.login,
         name = excluded.name, avatar_url = excluded.avatar_url, sealed_token = excluded.sealed_token,
         connected_at = now(), refused_at = NULL`,
      [
        scope.ownerId,
        account.githubUserId,
        account.login,
        account.name,
        account.avatarUrl,
        jsonb(this.sealer.seal(token, sealContext(scope.ownerId))),
      ],
    );
  }

  async delete(scope: OwnerScope): Promise<void> {
    await this.database.pool.query('DELETE FROM github_account WHERE owner_id = $1', [scope.ownerId]);
  }

  private async sealedToken(scope: OwnerScope): Promise<SealedBox | null> {
    const [row] = await this.database.read<{ sealed: SealedBox }>(
      {
        name: 'github-token',
        text: 'SELECT sealed_token AS sealed FROM github_account WHERE owner_id = $1 AND refused_at IS NULL',
      },
      [scope.ownerId],
    );
    return row?.sealed ?? null;
  }
}
