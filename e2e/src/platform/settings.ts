import { generateKeyPairSync, randomBytes } from 'node:crypto';

export interface Addresses {
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  readonly redisUrl: string;
  readonly redisKeyPrefix: string;
  readonly ports: Readonly<Record<'web' | 'api' | 'sandbox', number>>;
  /** What the sandbox is called by whoever fetches from it. */
  readonly sandboxHost: string;
  readonly directory: string;
}

const secret = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The environment that all apps of one platform share: what `npm start` gives them, with made-up secrets. */
export function sharedEnvironment(addresses: Addresses): Record<string, string> {
  const { ports, sandboxHost, directory } = addresses;
  const api = `http://localhost:${ports.api}`;
  const sandbox = `http://${sandboxHost}:${ports.sandbox}`;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    LOG_LEVEL: 'info',
    WRITES_PER_MINUTE: '1000000',
    SESSIONS_PER_HOUR: '10000',
    SANDBOX_RATE_LIMIT_ANONYMOUS: '100000',
    DATABASE_URL: addresses.databaseUrl,
    RABBITMQ_URL: addresses.rabbitmqUrl,
    REDIS_URL: addresses.redisUrl,
    REDIS_KEY_PREFIX: addresses.redisKeyPrefix,
    ENVIRONMENT_KEYS: `test:${randomBytes(32).toString('base64')}`,
    TICKET_SECRET: secret(32),
    API_PORT: String(ports.api),
    API_PUBLIC_URL: api,
    API_INTERNAL_URL: api,
    WEB_PORT: String(ports.web),
    WEB_ORIGIN: `http://localhost:${ports.web}`,
    GITHUB_API_URL: `${sandbox}/api/v3`,
    GITHUB_WEB_URL: sandbox,
    GITHUB_APP_ID: '1',
    GITHUB_APP_PRIVATE_KEY: privateKey,
    GITHUB_CLIENT_ID: secret(10),
    GITHUB_CLIENT_SECRET: secret(20),
    GITHUB_WEBHOOK_SECRET: secret(20),
    SANDBOX_PORT: String(ports.sandbox),
    SANDBOX_PUBLIC_URL: sandbox,
    SANDBOX_DIRECTORY: `${directory}/sandbox`,
    SANDBOX_WEBHOOK_URL: `${api}/webhooks/github`,
    CLUSTER_ID: 'local',
    ENGINE: 'local',
    ENGINE_DIRECTORY: `${directory}/engine`,
  };
}
