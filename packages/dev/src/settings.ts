// Imports the source and not `@zarpa/env`: these commands run before anything is built.

import { z } from 'zod';
import { defineSettings, flag, port } from '../../env/src/index.ts';

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
    HOST_ADDRESS: {
      schema: z.ipv4('must be an IPv4 address').optional(),
      description:
        'address of this machine for pods, needed with the sandbox where KUBECONFIG and REGISTRY_HOST make `npm start` run bots in a cluster',
      example: '192.0.2.7',
    },
    WEB_PORT: { schema: port().default(4300), description: 'port of the dashboard' },
    API_PORT: { schema: port().default(4301), description: 'port of the API' },
    SANDBOX_PORT: { schema: port().default(4302), description: 'port of the sandbox' },
    WORKER_PORT: { schema: port().default(4304), description: 'port of the health and metrics of the worker' },
  },
});

/** The settings of `npm run test:cluster` beside those above. */
export const testClusterSettings = defineSettings({
  app: 'dev',
  settings: {
    KUBECONFIG: {
      schema: z.string().optional(),
      description:
        'file that says how to reach the cluster; `npm run test:cluster` without it takes kind, or a cluster of its own',
      example: '~/.kube/config',
    },
    TEST_REGISTRY: {
      schema: z
        .string()
        .regex(/^[^/\s]+$/, 'must be a host, with a port where it has one')
        .optional(),
      description:
        'registry of the cluster that KUBECONFIG names, which this machine and pods push to and nodes pull from',
      example: 'registry.example.com:5000',
    },
    TEST_REGISTRY_USERNAME: { schema: z.string().optional(), description: 'user of TEST_REGISTRY' },
    TEST_REGISTRY_PASSWORD: { schema: z.string().optional(), description: 'password of TEST_REGISTRY', secret: true },
    TEST_REGISTRY_INSECURE: {
      schema: flag().default(false),
      description: 'TEST_REGISTRY speaks plain HTTP',
    },
    TEST_HOST_ADDRESS: {
      schema: z.string().optional(),
      description: 'address of this machine for pods of the cluster that KUBECONFIG names',
    },
    ZARPA_TEST_CLUSTER: {
      schema: z.string().optional(),
      description: 'file that describes a running cluster to tests; `npm run test:cluster` writes one, or takes this',
    },
    ZARPA_CLUSTER_BINARIES: {
      schema: z.string().optional(),
      description: 'archive of the programs of the test cluster; not set, they are built from source',
    },
  },
});

export { type SettingRow, SettingsError, settingsTable } from '../../env/src/index.ts';
export type Settings = ReturnType<typeof settings.parse>;
export type TestClusterSettings = ReturnType<typeof testClusterSettings.parse>;
