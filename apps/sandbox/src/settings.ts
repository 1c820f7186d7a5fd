import { createPrivateKey } from 'node:crypto';
import { defineSettings, integer, logLevel, port, url } from '@zarpa/env';
import { z } from 'zod';

export const settings = defineSettings({
  app: 'sandbox',
  settings: {
    SANDBOX_PORT: { schema: port().default(4302), description: 'port on which the sandbox listens' },
    SANDBOX_DIRECTORY: {
      schema: z.string().min(1),
      description: "folder of the sandbox: repositories as 'repositories/<owner>/<name>.git' and its own state",
      example: '.zarpa/sandbox',
    },
    SANDBOX_PUBLIC_URL: {
      schema: url().default('http://127.0.0.1:4302'),
      description: 'address at which browsers and the platform reach the sandbox',
    },
    SANDBOX_WEBHOOK_URL: {
      schema: url().default('http://127.0.0.1:4301/webhooks/github'),
      description: 'where the GitHub stand-in delivers webhooks',
    },
    SANDBOX_RATE_LIMIT: {
      schema: integer({ min: 1 }).default(5_000),
      description: 'requests per hour of one user or installation at the GitHub stand-in',
    },
    SANDBOX_RATE_LIMIT_ANONYMOUS: {
      schema: integer({ min: 1 }).default(60),
      description: 'requests per hour of one address without a token at the GitHub stand-in',
    },
    GITHUB_APP_ID: {
      schema: z.string().regex(/^\d{1,12}$/, 'must be a number'),
      description: 'id of the GitHub App',
      example: '100001',
    },
    GITHUB_APP_PRIVATE_KEY: {
      schema: z.string().transform(unescapeLines).refine(isRsaKey, 'must be an RSA private key in PEM'),
      description: 'private key of the GitHub App in PEM; line breaks may be written as \\n',
      secret: true,
    },
    GITHUB_CLIENT_ID: { schema: z.string().min(1), description: 'OAuth client id of the GitHub App' },
    GITHUB_CLIENT_SECRET: {
      schema: z.string().min(1),
      description: 'OAuth client secret of the GitHub App',
      secret: true,
    },
    GITHUB_WEBHOOK_SECRET: {
      schema: z.string().min(1),
      description: 'secret that signs the webhooks of the GitHub App',
      secret: true,
    },
    LOG_LEVEL: { schema: logLevel().default('info'), description: 'lowest level of log lines' },
  },
});
export type SandboxSettings = ReturnType<typeof settings.parse>;

function unescapeLines(pem: string): string {
  return pem.replaceAll('\\n', '\n');
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
