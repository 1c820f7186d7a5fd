import { execa } from 'execa';
import { Problem } from '../terminal/problem.ts';
import { formatDuration, report } from '../terminal/report.ts';
import { apps } from './apps.ts';

/** Brings the database's schema to the version of this checkout. */
export async function migrate(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const startedAt = Date.now();
  const result = await execa(process.execPath, ['dist/migrate.js'], {
    cwd: apps.api.directory,
    env: environment,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    all: true,
    timeout: 600_000,
  });
  if (result.failed) {
    throw new Problem(
      [
        'The database could not be brought to the schema of this checkout:',
        result.all ?? result.shortMessage,
        'Nothing was started, and no data was removed.',
        'If the schema is newer than this checkout, update the checkout (git pull) and run the command again.',
        'To begin with an empty database instead, set ZARPA_NAME to a new name.',
      ].join('\n'),
      { cause: result },
    );
  }
  report('Schema', `up to date (${formatDuration(Date.now() - startedAt)})`);
}
