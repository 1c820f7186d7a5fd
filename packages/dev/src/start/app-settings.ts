import path from 'node:path';
import type { ServiceSettings } from '../services/prepare-services.ts';
import type { Settings } from '../settings.ts';
import type { Secrets } from '../workspace/secrets.ts';
import { usesKubernetes } from './cluster.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of KUBERNETES_NAMESPACE_PREFIX. */
const namespacePrefixLimit = 31;

export interface AppSettingsInput {
  readonly settings: Settings;
  readonly services: ServiceSettings;
  readonly secrets: Secrets;
  /** The folder of state: bots and the sandbox's repositories live in it. */
  readonly home: string;
  /** Of this checkout: nobody else in a cluster has it. */
  readonly name: string;
  /** The operator's own environment: what is set there wins. */
  readonly environment: Environment;
}

/** Whether the sandbox stands for GitHub: it does, unless the operator names another one. */
export function usesSandbox(environment: Environment): boolean {
  return !environment.GITHUB_API_URL;
}

/** The settings of all apps: computed for this machine, each replaced by the operator's own where there is one. */
export function appSettings(input: AppSettingsInput): Environment {
  const { settings, services, secrets, home, environment } = input;
  const { WEB_PORT, API_PORT, SANDBOX_PORT, WORKER_PORT } = settings;
  const { POSTGRES_ROLE_PASSWORD: _, ...appSecrets } = secrets;
  const computed: Environment = {
    NEXT_TELEMETRY_DISABLED: '1',
    ...services,
    ...withoutGithub(appSecrets, environment),
    WEB_PORT: String(WEB_PORT),
    API_PORT: String(API_PORT),
    SANDBOX_PORT: String(SANDBOX_PORT),
    WORKER_PORT: String(WORKER_PORT),
    WEB_ORIGIN: `http://localhost:${WEB_PORT}`,
    API_PUBLIC_URL: `http://localhost:${API_PORT}`,
    API_INTERNAL_URL: `http://127.0.0.1:${API_PORT}`,
    CLUSTER_ID: 'local',
    ...engineSettings(input),
    ...(usesSandbox(environment) ? sandboxSettings({ settings, home }) : {}),
  };
  const completed = { ...serviceAddresses(services), ...clusterAddresses(settings, environment) };
  return { ...computed, ...ownSettings(environment), ...completed, NODE_ENV: 'production' };
}

/** Without what npm adds to the environment of a script, but for the registry, which the builds of bots need as well. */
function ownSettings(environment: Environment): Environment {
  const isOwn = ([name, value]: [string, string | undefined]) => value && !/^npm_(?!config_registry$)/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(isOwn));
}

/** An address from the environment was completed with its database or virtual host: that is the one to use. */
function serviceAddresses({ DATABASE_URL, RABBITMQ_URL, REDIS_URL }: ServiceSettings): Environment {
  return { DATABASE_URL, RABBITMQ_URL, REDIS_URL };
}

/** Pods outlive the command: the next start finds them as they are, in namespaces that no other platform of the cluster touches. */
function engineSettings({ home, name, environment }: AppSettingsInput): Environment {
  if (!usesKubernetes(environment)) {
    return { ENGINE: 'local', ENGINE_DIRECTORY: `${home}/engine`, WORKER_STOP_BOTS_ON_EXIT: '1' };
  }
  const prefix = name.replaceAll('_', '-').slice(0, namespacePrefixLimit);
  return { ENGINE: 'kubernetes', KUBERNETES_NAMESPACE_PREFIX: prefix, WORKER_STOP_BOTS_ON_EXIT: '0' };
}

/** The operator's, made to hold in the worker's folder, and with the way from builds to the sandbox of this machine. */
function clusterAddresses({ HOST_ADDRESS, SANDBOX_PORT }: Settings, environment: Environment): Environment {
  const { KUBECONFIG, BUILD_EGRESS_CIDRS, INIT_CWD = '' } = environment;
  if (!usesKubernetes(environment) || !KUBECONFIG) return {};
  const egress = [BUILD_EGRESS_CIDRS];
  if (usesSandbox(environment)) egress.push(`${HOST_ADDRESS}/32:${SANDBOX_PORT}`);
  return { KUBECONFIG: path.resolve(INIT_CWD, KUBECONFIG), BUILD_EGRESS_CIDRS: egress.filter(Boolean).join(',') };
}

/** Builds in a cluster fetch their source from the sandbox too, at an address of this machine that pods can reach. */
function sandboxSettings({ settings, home }: { settings: Settings; home: string }) {
  const { SANDBOX_PORT, API_PORT, HOST_ADDRESS = 'localhost' } = settings;
  const sandbox = `http://${HOST_ADDRESS}:${SANDBOX_PORT}`;
  return {
    SANDBOX_DIRECTORY: `${home}/sandbox`,
    SANDBOX_PUBLIC_URL: sandbox,
    SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${API_PORT}/webhooks/github`,
    GITHUB_API_URL: `${sandbox}/api/v3`,
    GITHUB_WEB_URL: sandbox,
  };
}

/** Credentials of the sandbox's GitHub App are worth nothing at another GitHub. */
function withoutGithub(secrets: Environment, environment: Environment): Environment {
  if (usesSandbox(environment)) return secrets;
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => !name.startsWith('GITHUB_')));
}
