import { describe, expect, test } from 'vitest';
import { settings as definition } from '../settings.ts';
import { appSettings } from './app-settings.ts';

const secrets = {
  ENVIRONMENT_KEYS: 'k1:key',
  TICKET_SECRET: 'ticket',
  GITHUB_APP_ID: '1',
  GITHUB_APP_PRIVATE_KEY: 'pem',
  GITHUB_CLIENT_ID: 'client',
  GITHUB_CLIENT_SECRET: 'secret',
  GITHUB_WEBHOOK_SECRET: 'webhook',
  POSTGRES_ROLE_PASSWORD: 'role',
};
const services = {
  DATABASE_URL: 'postgres://db/zarpa_1',
  RABBITMQ_URL: 'amqp://mq/zarpa_1',
  RABBITMQ_NAME_PREFIX: '',
  REDIS_URL: 'redis://cache',
  REDIS_KEY_PREFIX: 'zarpa_1:',
};

function settingsFor(environment: Record<string, string>) {
  return appSettings({
    settings: definition.parse(environment),
    services,
    secrets,
    home: '/home/z',
    name: 'zarpa_1',
    environment,
  });
}

describe('the settings of the apps', () => {
  test('follow from ports, services and secrets', () => {
    expect(settingsFor({ WEB_PORT: '5300', API_PORT: '5301' })).toMatchObject({
      WEB_ORIGIN: 'http://localhost:5300',
      API_PUBLIC_URL: 'http://localhost:5301',
      SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:5301/webhooks/github',
      ENGINE_DIRECTORY: '/home/z/engine',
      REDIS_KEY_PREFIX: 'zarpa_1:',
      GITHUB_CLIENT_ID: 'client',
      WORKER_STOP_BOTS_ON_EXIT: '1',
    });
  });

  test('run bots in a cluster where both cluster and registry are named, at an address that pods reach', () => {
    const given = settingsFor({
      KUBECONFIG: 'k.yaml',
      INIT_CWD: '/home/z',
      REGISTRY_HOST: 'r.test',
      HOST_ADDRESS: '192.0.2.7',
      SANDBOX_PORT: '5302',
      BUILD_EGRESS_CIDRS: '10.0.0.5/32:5000',
    });
    expect(given).toMatchObject({ ENGINE: 'kubernetes', KUBECONFIG: '/home/z/k.yaml', WORKER_STOP_BOTS_ON_EXIT: '0' });
    expect(given.BUILD_EGRESS_CIDRS).toBe('10.0.0.5/32:5000,192.0.2.7/32:5302');
    expect(given.KUBERNETES_NAMESPACE_PREFIX).toBe('zarpa-1');
    expect(given).toMatchObject({
      SANDBOX_PUBLIC_URL: 'http://192.0.2.7:5302',
      GITHUB_WEB_URL: 'http://192.0.2.7:5302',
    });
    expect(settingsFor({ KUBECONFIG: '/k' })).toMatchObject({ ENGINE: 'local' });
    expect(settingsFor({ KUBECONFIG: '/k', REGISTRY_HOST: 'r', ENGINE: 'local' })).toMatchObject({
      ENGINE_DIRECTORY: '/home/z/engine',
      WORKER_STOP_BOTS_ON_EXIT: '1',
    });
  });

  test("give way to the operator's own, except that an address keeps the database made for it", () => {
    const given = settingsFor({ LOG_LEVEL: 'debug', CLUSTER_ID: 'north', DATABASE_URL: 'postgres://db' });
    expect(given).toMatchObject({ LOG_LEVEL: 'debug', CLUSTER_ID: 'north', DATABASE_URL: 'postgres://db/zarpa_1' });
  });

  test('leave out what npm adds to the environment of its scripts, and are those of production', () => {
    const given = settingsFor({ npm_config_loglevel: 'silent', NODE_ENV: 'development' });
    expect(given.npm_config_loglevel).toBeUndefined();
    const registry = 'https://packages.example.com/';
    expect(settingsFor({ npm_config_registry: registry }).npm_config_registry).toBe(registry);
    expect(given.NODE_ENV).toBe('production');
  });

  test("never hand the sandbox's credentials to another GitHub", () => {
    const given = settingsFor({ GITHUB_API_URL: 'https://api.github.com', GITHUB_APP_ID: '42' });
    expect(given.GITHUB_APP_ID).toBe('42');
    expect(given.GITHUB_APP_PRIVATE_KEY).toBeUndefined();
    expect(given.SANDBOX_PUBLIC_URL).toBeUndefined();
  });

  test("keep the database role's password from the apps", () => {
    expect(settingsFor({}).POSTGRES_ROLE_PASSWORD).toBeUndefined();
  });
});
