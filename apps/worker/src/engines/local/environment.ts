import { delimiter, dirname } from 'node:path';
import type { Layout } from './layout.ts';

const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** How this machine reaches the outside; nothing else of the worker's own environment gets into builds and bots. */
const networkVariables = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
];

/** Where this machine's builds find packages. */
const registryVariables = [
  ...[
    'npm_config_registry',
    'NPM_CONFIG_REGISTRY',
    'PIP_CERT',
    'PIP_INDEX_URL',
    'PIP_EXTRA_INDEX_URL',
    'PIP_FIND_LINKS',
  ],
  ...['PIP_DEFAULT_TIMEOUT', 'UV_INDEX_URL', 'UV_DEFAULT_INDEX', 'UV_FIND_LINKS'],
];

type Variables = Readonly<Record<string, string>>;

/** The part of Node's memory limit that its heap may take: the rest is for buffers, code and threads. */
const heapShare = 0.8;

/** Environment of a build's commands. The owner's variables are there, as a build may need them; the run-time ones of the plan are not. */
export function buildEnvironment(options: {
  layout: Layout;
  machine: NodeJS.ProcessEnv;
  variables: Variables;
  marks: Variables;
}): Record<string, string> {
  const { layout, machine, variables, marks } = options;
  return {
    ...picked(machine, [...networkVariables, ...registryVariables]),
    ...base(layout),
    HOME: `${layout.cache}/home`,
    CI: 'true',
    ...variables,
    ...marks,
  };
}

/** Environment of a bot. */
export function botEnvironment(options: {
  layout: Layout;
  machine: NodeJS.ProcessEnv;
  dataDirectory: string;
  planned: Variables;
  variables: Variables;
  memoryMb: number;
  isNode: boolean;
  marks: Variables;
}): Record<string, string> {
  const { layout, machine, dataDirectory, planned, variables, memoryMb, isNode, marks } = options;
  return {
    ...picked(machine, networkVariables),
    ...base(layout),
    HOME: dataDirectory,
    PORT: '0',
    ...planned,
    ...variables,
    ...(isNode ? { NODE_OPTIONS: nodeOptions(variables.NODE_OPTIONS, memoryMb) } : {}),
    DATA_DIR: dataDirectory,
    ...marks,
  };
}

/** Marks by which every process of a run is found again. */
export function processMarks(options: {
  layout: Layout;
  instanceId: string;
  deploymentId: string;
  runId: string;
}): Record<string, string> {
  return {
    ZARPA_ENGINE_ID: options.layout.engineId,
    ZARPA_INSTANCE_ID: options.instanceId,
    ZARPA_DEPLOYMENT_ID: options.deploymentId,
    ZARPA_RUN_ID: options.runId,
  };
}

function base(layout: Layout): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), ...systemFolders].join(delimiter),
    LANG: 'C.UTF-8',
    npm_config_cache: `${layout.cache}/npm`,
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    PIP_CACHE_DIR: `${layout.cache}/pip`,
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    UV_CACHE_DIR: `${layout.cache}/uv`,
  };
}

function nodeOptions(own: string | undefined, memoryMb: number): string {
  if (own?.includes('max-old-space-size') || own?.includes('max_old_space_size')) return own;
  const heap = `--max-old-space-size=${Math.floor(memoryMb * heapShare)}`;
  return own === undefined ? heap : `${own} ${heap}`;
}

function picked(machine: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = machine[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
