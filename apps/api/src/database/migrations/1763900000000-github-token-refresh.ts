import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A GitHub App's tokens of users live eight hours, and come with one that gives the next. */
export class GithubTokenRefresh1763900000000 implements MigrationInterface {
  readonly name = 'GithubTokenRefresh1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE github_account
        ADD COLUMN token_expires_at timestamptz,
        ADD COLUMN sealed_refresh_token jsonb,
        ADD COLUMN refresh_token_expires_at timestamptz
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE github_account
        DROP COLUMN token_expires_at,
        DROP COLUMN sealed_refresh_token,
        DROP COLUMN refresh_token_expires_at
    `);
  }
}
