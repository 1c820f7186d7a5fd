import { ClusterId } from '@zarpa/contracts';
import { defineSettings, flag, keyRing, logLevel, port, type SettingsOf, url } from '@zarpa/env';
import { z } from 'zod';
import { kubernetesSettings } from './kubernetes-settings.ts';

const settings = {
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
  CLUSTER_ID: {
    schema: z.string().default('local').pipe(ClusterId),
    description: 'name of what this worker drives; its commands come on a queue of this name',
  },
  ENGINE: { schema: z.enum(['local', 'kubernetes']).default('local'), description: 'what runs the bots' },
  ENGINE_DIRECTORY: {
    schema: z.string().default(''),
    description: 'folder of the local engine, which needs it: the bots, their data and their builds',
    example: '/var/lib/zarpa/engine',
  },
  WORKER_ID: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]{0,60}$/, 'must be lower case letters, digits and dashes')
      .default(''),
    description:
      'name of this worker among those of its cluster, kept across its restarts; empty: another one at each start',
  },
  WORKER_PORT: { schema: port().default(4304), description: 'port of the health and metrics of the worker' },
  WORKER_HOST: {
    schema: z.string().default('127.0.0.1'),
    description: 'address that health and metrics of the worker listen on',
  },
  WORKER_STOP_BOTS_ON_EXIT: {
    schema: flag().default(false),
    description:
      'stops the bots when the worker is told to end; else they go on running. The next worker starts them again',
  },
  ...kubernetesSettings,
  LOG_LEVEL: { schema: logLevel().default('info'), description: 'least level that is logged' },
} as const;

/** The worker's settings, for docs/settings.md and for the process. */
export const workerSettings = defineSettings({ app: 'worker', settings });
export type Settings = SettingsOf<typeof settings>;
