// Imports the source and not `@zarpa/env`: these commands run before anything is built.

import { z } from 'zod';
import { defineSettings, port } from '../../env/src/index.ts';

const address = () => z.string().refine((text) => URL.canParse(text), 'must be an address');

/** The settings of `npm start` and `npm test`. What an app reads itself is passed on to it as it is. */
export const settings = defineSettings({
  app: 'dev',
  settings: {
    ZARPA_HOME: { schema: z.string().default('.zarpa'), description: 'folder of state, secrets, logs and bots' },
    ZARPA_NAME: {
      schema: z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be lower-case letters, digits and _')
        .optional(),
      description: 'name of the database, the virtual host and the key prefix; zarpa_<installation id> when not set',
    },
    ZARPA_POSTGRES_PORT: {
      schema: port().default(5432),
      description: 'port where PostgreSQL is looked for or started',
    },
    ZARPA_RABBITMQ_PORT: { schema: port().default(5672), description: 'port where RabbitMQ is looked for or started' },
    ZARPA_REDIS_PORT: { schema: port().default(6379), description: 'port where Redis is looked for or started' },
    DATABASE_URL: {
      schema: address().optional(),
      description: 'PostgreSQL. An address that names no database gets one of its own',
      secret: true,
      example: 'postgres://user:password@127.0.0.1:5432/zarpa',
    },
    RABBITMQ_URL: {
      schema: address().optional(),
      description: 'RabbitMQ. An address that names no virtual host gets one of its own',
      secret: true,
      example: 'amqp://guest:guest@127.0.0.1:5672/zarpa',
    },
    REDIS_URL: {
      schema: address().optional(),
      description: 'Redis',
      secret: true,
      example: 'redis://127.0.0.1:6379',
    },
    WEB_PORT: { schema: port().default(4300), description: 'port of the dashboard' },
    API_PORT: { schema: port().default(4301), description: 'port of the API' },
    SANDBOX_PORT: { schema: port().default(4302), description: 'port of the sandbox' },
    WORKER_PORT: { schema: port().default(4304), description: 'port of the health and metrics of the worker' },
  },
});

export { type SettingRow, SettingsError, settingsTable } from '../../env/src/index.ts';
export type Settings = ReturnType<typeof settings.parse>;
