import type { MigrationInterface, QueryRunner } from 'typeorm';

/** GitHub's tokens expire and are revoked. */
export class GithubTokenRefused1763700000000 implements MigrationInterface {
  readonly name = 'GithubTokenRefused1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE github_account ADD COLUMN refused_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE github_account DROP COLUMN refused_at');
  }
}
