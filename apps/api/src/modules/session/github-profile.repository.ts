import { Injectable } from '@nestjs/common';
import type { SessionView } from '@zarpa/contracts';
import { Database, type Prepared } from '../../database/database.ts';
import type { OwnerScope } from './owner-scope.ts';

type Profile = NonNullable<SessionView['github']>;

const profileOfOwner: Prepared = {
  name: 'session-github-profile',
  text: 'SELECT login, name, avatar_url AS "avatarUrl" FROM github_account WHERE owner_id = $1',
};

/** Name and picture of the linked GitHub account. */
@Injectable()
export class GithubProfileRepository {
  constructor(private readonly database: Database) {}

  async find(scope: OwnerScope): Promise<Profile | null> {
    const [row] = await this.database.read<Profile>(profileOfOwner, [scope.ownerId]);
    return row ?? null;
  }
}
