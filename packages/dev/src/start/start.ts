import path from 'node:path';
import { prepareServices, type ServiceSettings } from '../services/prepare-services.ts';
import type { Settings } from '../settings.ts';
import { Problem } from '../terminal/problem.ts';
import { formatDuration, report } from '../terminal/report.ts';
import { type RunLock, takeRunLock } from '../workspace/run-lock.ts';
import { openSecrets } from '../workspace/secrets.ts';
import { openWorkspace, root, type Workspace } from '../workspace/workspace.ts';
import { appSettings, usesSandbox } from './app-settings.ts';
import { type AppName, appNames, apps, stopOrder } from './apps.ts';
import { buildAll } from './build.ts';
import { findCluster, refuseUnusable, usesKubernetes } from './cluster.ts';
import { stopLeftovers } from './leftovers.ts';
import { migrate } from './migrate.ts';
import { refusePortsInUse } from './ports.ts';
import { ensurePrograms } from './programs.ts';
import { stopSignal } from './stop-signal.ts';
import { SupervisedApp } from './supervised-app.ts';

/** `npm start`: everything up, until Ctrl-C. */
export async function start(settings: Settings): Promise<number> {
  if (process.platform !== 'linux' && !usesKubernetes(process.env)) {
    throw new Problem(
      `The local engine needs Linux (/proc, flock). This is ${process.platform}: run it in a Linux VM.`,
    );
  }
  const startedAt = Date.now();
  const workspace = openWorkspace(settings);
  const lock = takeRunLock(workspace);
  const stop = stopSignal();
  try {
    report('Zarpa', `${workspace.name}; state and logs in ${path.relative(root, workspace.home) || workspace.home}`);
    await stopLeftovers(lock.leftovers);
    await refusePortsInUse(wantedApps().map((name) => wantedPort(name, settings)));
    const environment = await prepare(settings, workspace, stop);
    await runApps({ environment, settings, workspace, lock, stop, startedAt });
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    lock.release();
  }
  return 0;
}

function wantedApps(): AppName[] {
  return appNames.filter((name) => name !== 'sandbox' || usesSandbox(process.env));
}

function wantedPort(name: AppName, settings: Settings) {
  const variable = apps[name].portVariable;
  return { app: name, port: settings[variable], variable };
}

type Environment = Readonly<Record<string, string | undefined>>;

async function prepare(settings: Settings, workspace: Workspace, stop: AbortSignal): Promise<Environment> {
  if (usesKubernetes(process.env)) refuseUnusable(process.env);
  await ensurePrograms(process.env);
  const secrets = openSecrets(workspace);
  const services: ServiceSettings = await prepareServices({ workspace, secrets, settings });
  const { home, name } = workspace;
  const environment = appSettings({ settings, services, secrets, home, name, environment: process.env });
  stop.throwIfAborted();
  await reportCluster(environment);
  await buildAll(stop);
  stop.throwIfAborted();
  await migrate(environment);
  return environment;
}

async function reportCluster({ KUBECONFIG, KUBERNETES_NAMESPACE_PREFIX }: Environment): Promise<void> {
  if (!usesKubernetes(process.env) || KUBECONFIG === undefined) return;
  const { context, server, version } = await findCluster(KUBECONFIG);
  report('Kubernetes', `${version} found at ${server} (context ${context} of ${KUBECONFIG})`);
  report('Kubernetes', `bots will be pods in its namespaces ${KUBERNETES_NAMESPACE_PREFIX}-…`);
}

interface Run {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly workspace: Workspace;
  readonly lock: RunLock;
  readonly stop: AbortSignal;
  readonly startedAt: number;
}

async function runApps({ environment, settings, workspace, lock, stop, startedAt }: Run): Promise<void> {
  const running = new Map<AppName, SupervisedApp>();
  try {
    for (const name of wantedApps()) {
      const { port } = wantedPort(name, settings);
      const onProcess = (pid: number | undefined) => lock.record(name, pid);
      const logPath = path.join(workspace.logs, `${name}.log`);
      running.set(name, new SupervisedApp({ name, facts: apps[name], port, environment, logPath, onProcess }));
    }
    await Promise.all([...running.values()].map((app) => app.start(stop)));
    announce(environment, Date.now() - startedAt);
    await aborted(stop);
  } finally {
    for (const name of stopOrder) await running.get(name)?.stop();
  }
}

function announce({ SANDBOX_PUBLIC_URL, WEB_ORIGIN }: Environment, tookMs: number): void {
  const bots = usesKubernetes(process.env) ? 'bots go on' : 'bots and their data come back at the next start';
  report('Zarpa', `is up (${formatDuration(tookMs)}). Ctrl-C stops it; ${bots}.`);
  if (usesSandbox(process.env)) report('Sandbox', `stands for GitHub at ${SANDBOX_PUBLIC_URL}`);
  report('Engine', engineNote());
  console.log(`\nOpen ${WEB_ORIGIN}\n`);
}

function engineNote(): string {
  if (usesKubernetes(process.env)) return 'Bots run as pods of the cluster above.';
  const note = 'Bots run as processes of this machine: only for code you trust.';
  return process.env.KUBECONFIG ? `${note} Set REGISTRY_HOST too to run them in the cluster of KUBECONFIG.` : note;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
