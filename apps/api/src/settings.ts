import { ClusterId } from '@zarpa/contracts';
import { defineSettings, durationMs, integer, keyRing, logLevel, port, type SettingsOf, url } from '@zarpa/env';
import { z } from 'zod';

export const settings = {
  DATABASE_URL: {
    schema: url({ protocols: ['postgres', 'postgresql'] }),
    description: 'PostgreSQL database; the API owns its schema platform',
    secret: true,
    example: 'postgres://zarpa@127.0.0.1:5432/zarpa',
  },
  DATABASE_POOL_SIZE: {
    schema: integer({ min: 2, max: 200 }).default(12),
    description: 'connections to PostgreSQL of one API process',
  },
  RABBITMQ_URL: {
    schema: url({ protocols: ['amqp', 'amqps'] }),
    description: 'RabbitMQ, with its virtual host',
    secret: true,
    example: 'amqp://guest:guest@127.0.0.1:5672/zarpa',
  },
  RABBITMQ_NAME_PREFIX: {
    schema: z.string().default(''),
    description: 'begins the name of every queue and exchange, where no virtual host may be created',
  },
  REDIS_URL: {
    schema: url({ protocols: ['redis', 'rediss'] }),
    description: 'Redis: log and metric streams, rooms, rate limits',
    secret: true,
    example: 'redis://127.0.0.1:6379',
  },
  REDIS_KEY_PREFIX: { schema: z.string().default('zarpa:'), description: 'begins every key' },
  ENVIRONMENT_KEYS: {
    schema: keyRing(),
    description: 'keys that seal environment variables and GitHub tokens; the first seals, all open',
    secret: true,
    example: 'k1:<base64 of 32 bytes>',
  },
  TICKET_SECRET: {
    schema: z.string().min(32, 'must have at least 32 characters'),
    description: 'signs the addresses of source archives and of the data of moving instances',
    secret: true,
  },
  API_PORT: { schema: port().default(4301), description: 'port of the API' },
  API_HOST: { schema: z.string().default('127.0.0.1'), description: 'address that the API listens on' },
  API_PUBLIC_URL: {
    schema: url().default('http://localhost:4301'),
    description: "the API's address for browsers and GitHub",
  },
  API_INTERNAL_URL: {
    schema: url().default('http://127.0.0.1:4301'),
    description: "the API's address for workers and builds",
  },
  WEB_ORIGIN: { schema: url().default('http://localhost:4300'), description: 'address of the dashboard' },
  TRUSTED_PROXIES: {
    schema: integer({ max: 10 }).default(0),
    description: "proxies in front of the API whose X-Forwarded-For tells the caller's address",
  },
  GITHUB_API_URL: { schema: url().default('https://api.github.com'), description: 'API of GitHub, or of the sandbox' },
  GITHUB_WEB_URL: { schema: url().default('https://github.com'), description: 'pages of GitHub, or of the sandbox' },
  GITHUB_APP_ID: {
    schema: z.string().regex(/^\d+$/, 'must be a number').optional(),
    description: 'id of the GitHub App; without it public repositories are read as a stranger',
  },
  GITHUB_APP_PRIVATE_KEY: {
    schema: z.string().optional(),
    description: 'private key of the GitHub App in PEM; line breaks may be written as \\n',
    secret: true,
  },
  GITHUB_CLIENT_ID: {
    schema: z.string().optional(),
    description: 'client id of the GitHub App; without it nobody can link GitHub',
  },
  GITHUB_CLIENT_SECRET: { schema: z.string().optional(), description: 'client secret of the GitHub App', secret: true },
  GITHUB_WEBHOOK_SECRET: {
    schema: z.string().min(16, 'must have at least 16 characters').optional(),
    description: 'secret of the webhook; without it deliveries are refused and branches are polled alone',
    secret: true,
  },
  CLUSTER_ID: {
    schema: z.string().default('local').pipe(ClusterId),
    description: 'the first cluster of a new installation; more are added with cluster.js',
  },
  ENGINE: {
    schema: z.enum(['local', 'kubernetes']).default('local'),
    description: 'what runs bots in the first cluster',
  },
  TRANSFER_DIRECTORY: {
    schema: z.string().min(1).default('/var/lib/zarpa/transfers'),
    description: 'folder, shared by all API processes, of the data of instances that move to another cluster',
  },
  MOVES_AT_ONCE: {
    schema: integer({ min: 1, max: 1_000 }).default(4),
    description: 'instances that move to another cluster at the same time',
  },
  MOVE_STEP_TIMEOUT: {
    schema: durationMs().default(1_800_000),
    description: 'how long one step of a move may take before the instance goes back to where it was',
  },
  RESTORE_WINDOW: {
    schema: durationMs().default(172_800_000),
    description: 'how long a deleted instance can be restored',
  },
  SAFETY_NET_INTERVAL: {
    schema: durationMs().default(15_000),
    description: 'how often instances that lag behind are sent again',
  },
  RESEND_AFTER: {
    schema: durationMs().default(10_000),
    description: 'how long a command may take to show effect before it is sent again',
  },
  BRANCH_POLL_INTERVAL: {
    schema: durationMs().default(60_000),
    description: 'how often the branch of an instance is read, which finds pushes whose webhook was lost',
  },
  INSTANCES_PER_OWNER: { schema: integer({ min: 1 }).default(50), description: 'instances that one owner may have' },
  WRITES_PER_MINUTE: {
    schema: integer({ min: 1 }).default(600),
    description: 'writing requests a minute of one owner',
  },
  SESSIONS_PER_HOUR: { schema: integer({ min: 1 }).default(120), description: 'new sessions an hour from one address' },
  LOG_LEVEL: { schema: logLevel().default('info'), description: 'least level that is logged' },
} as const;

/** The API's settings, for docs/settings.md and for the process. */
export const apiSettings = defineSettings({ app: 'api', settings });
export type Settings = SettingsOf<typeof settings>;

/** Key of the settings for injection. */
export const SETTINGS = Symbol('settings');
