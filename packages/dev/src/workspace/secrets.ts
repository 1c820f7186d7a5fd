import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.ts';
import type { Workspace } from './workspace.ts';

/** The secrets of this checkout, under the names of the settings that carry them. */
export const Secrets = z.object({
  ENVIRONMENT_KEYS: z.string(),
  TICKET_SECRET: z.string(),
  GITHUB_APP_ID: z.string(),
  GITHUB_APP_PRIVATE_KEY: z.string(),
  GITHUB_CLIENT_ID: z.string(),
  GITHUB_CLIENT_SECRET: z.string(),
  GITHUB_WEBHOOK_SECRET: z.string(),
  POSTGRES_ROLE_PASSWORD: z.string(),
});
export type Secrets = z.output<typeof Secrets>;

/** Makes the secrets once. Losing the file means losing every sealed variable, so it is never written again. */
export function openSecrets(workspace: Workspace): Secrets {
  const file = workspace.file('secrets.json');
  const known = readJson(file, Secrets);
  if (known) return known;
  const secrets = generateSecrets();
  writeJson(file, secrets);
  return secrets;
}

function generateSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    ENVIRONMENT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    TICKET_SECRET: token(32),
    GITHUB_APP_ID: '1',
    GITHUB_APP_PRIVATE_KEY: privateKey,
    GITHUB_CLIENT_ID: `Iv1.${randomBytes(8).toString('hex')}`,
    GITHUB_CLIENT_SECRET: token(32),
    GITHUB_WEBHOOK_SECRET: token(32),
    POSTGRES_ROLE_PASSWORD: token(24),
  };
}

function token(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
