import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@zarpa/observability';
import { seedSamples } from '../samples/seed.ts';
import type { SandboxSettings } from '../settings.ts';
import { Archives } from './archives.ts';
import type { GitHub } from './github.ts';
import { RateLimits } from './rate-limits.ts';
import { Repositories } from './repositories.ts';
import { openDatabase, ownSecret } from './state/database.ts';
import { Deliveries } from './state/deliveries.ts';
import { Installations } from './state/installations.ts';
import { Tokens } from './state/tokens.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export interface GitHubParts {
  readonly settings: SandboxSettings;
  readonly logger: Logger;
  readonly now: () => number;
}

export const apiBase = '/api/v3';

/** Opens the folder: makes the sample repositories at the first start, and installs the App on every new owner. */
export async function createGitHub({
  settings,
  logger,
  now,
}: GitHubParts): Promise<GitHub & { close(): Promise<void> }> {
  const directory = path.resolve(settings.SANDBOX_DIRECTORY);
  await mkdir(path.join(directory, 'repositories'), { recursive: true });
  const database = openDatabase(directory);
  const repositories = new Repositories(path.join(directory, 'repositories'));
  const installations = new Installations(database, now);
  await seedSamples(repositories, logger);
  await installEverywhere(repositories, installations);

  const webUrl = settings.SANDBOX_PUBLIC_URL;
  const deliveries = new Deliveries(database);
  const target = {
    url: settings.SANDBOX_WEBHOOK_URL,
    secret: settings.GITHUB_WEBHOOK_SECRET.reveal(),
    appId: Number(settings.GITHUB_APP_ID),
  };
  const webhooks = new Webhooks({ target, deliveries, logger, now });
  const limits = { authorized: settings.SANDBOX_RATE_LIMIT, anonymous: settings.SANDBOX_RATE_LIMIT_ANONYMOUS };
  return {
    settings,
    logger,
    now,
    webUrl,
    apiUrl: `${webUrl}${apiBase}`,
    app: {
      id: target.appId,
      slug: 'zarpa',
      name: 'Zarpa',
      clientId: settings.GITHUB_CLIENT_ID,
      publicKey: createPublicKey(createPrivateKey(settings.GITHUB_APP_PRIVATE_KEY.reveal())),
    },
    repositories,
    tokens: new Tokens(database, now),
    installations,
    deliveries,
    webhooks,
    archives: new Archives({ secret: ownSecret(database, 'archives'), webUrl, now }),
    rateLimits: new RateLimits(limits, now),
    async close() {
      await webhooks.close();
      database.close();
    },
  };
}

async function installEverywhere(repositories: Repositories, installations: Installations): Promise<void> {
  for (const owner of await repositories.owners()) if (installations.isNew(owner)) installations.add(owner);
}
