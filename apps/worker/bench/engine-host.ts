/**
 * One worker's engine in a process of its own, without broker and log streams: takes up so many instances at once, and tells how long they
 * took and what it costs when nothing happens. Spoken to by its parent. Usage: fork('engine-host.ts', [options])
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ClusterId, type DesiredInstance, newId, type ObservedInstance, PlanId } from '@zarpa/contracts';
import { createLogger } from '@zarpa/observability';
import { connectTestCluster } from '@zarpa/test-cluster';
import pLimit from 'p-limit';
import { sealingKeyId, sealVariables } from '../src/engines/contract/seal-variables.ts';
import { KubernetesEngine } from '../src/engines/kubernetes/kubernetes-engine.ts';
import { clusterOptions } from '../src/engines/kubernetes/testing/cluster-options.ts';
import { openEnvironment } from '../src/environment/open-environment.ts';
import { newEnvelope } from '../src/events/envelope.ts';
import { startInventoryLoop } from '../src/events/inventory-loop.ts';
import { LatestEvents } from '../src/events/latest-events.ts';
import { startReportLoop } from '../src/events/report-loop.ts';
import { pushTinyImage } from './tiny-image.ts';

interface Options {
  readonly namespacePrefix: string;
  /** Where bots may run; the bench wants that they never do. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly storageClass: string;
}

export type HostRequest = { readonly converge: number } | { readonly quietMs: number };
export type HostAnswer =
  | { readonly ready: true }
  | { readonly tookMs: number; readonly cpuMs: number }
  | { readonly cpuMs: number };

/** As many as the consumer of commands takes up at a time. */
const commandsAtATime = 20;
const convergeWithinMs = 30 * 60_000;

const { namespacePrefix, nodeSelector, storageClass } = JSON.parse(process.argv[2] ?? '') as Options;
const cluster = connectTestCluster();
const { bots, builds, transfers } = clusterOptions(cluster, namespacePrefix);
const logger = createLogger({ app: 'bench', level: 'warn' });
const envelope = newEnvelope(ClusterId.parse('bench'), '');
const key = randomBytes(32);
const keyRing = { currentId: sealingKeyId, keys: new Map([[sealingKeyId, key]]) };
const artifact = await pushTinyImage(builds.registry);
const unsettled = new Set<string>();
let allSettled = Promise.withResolvers<void>();

const engine = new KubernetesEngine({
  kubeconfig: { path: cluster.kubeconfig },
  namespacePrefix,
  workerId: envelope.workerId,
  bots: { ...bots, nodeSelector, storageClass },
  builds,
  transfers,
  openEnvironment: (deploymentId, box) => openEnvironment(keyRing, deploymentId, box),
  logger,
});
const events = new LatestEvents({ publish: async (_name, payload) => void JSON.stringify(payload), logger });

function aDesired(): DesiredInstance {
  const deploymentId = newId('deployment');
  return {
    instanceId: newId('instance'),
    ownerId: newId('owner'),
    clusterId: envelope.clusterId,
    generation: 1,
    state: 'running',
    restartRevision: 0,
    limits: { planId: PlanId.parse('essencial'), memoryMb: 256, cpuMillis: 500, storageMb: 1_024 },
    deployment: {
      deploymentId,
      source: {
        kind: 'repository',
        repository: 'owner/name',
        commitSha: '0123456789abcdef0123456789abcdef01234567',
        rootDirectory: '',
        archiveUrl: 'http://127.0.0.1/never-fetched',
        archiveExpiresAt: Date.now() + 3_600_000,
      },
      overrides: { install: null, build: null, start: null },
      artifact,
      environment: sealVariables(key, deploymentId, { TOKEN: deploymentId }),
    },
  };
}

function observed(observed: ObservedInstance): void {
  events.put(`observed:${observed.instanceId}`, 'instance.observed', { ...envelope, observed });
  if (observed.state !== 'running' || !observed.settled) return;
  if (unsettled.delete(observed.instanceId) && unsettled.size === 0) allSettled.resolve();
}

/** From the first command until the engine has told of the last instance that it runs and is settled. */
async function converge(count: number): Promise<{ tookMs: number; cpuMs: number }> {
  const desired = Array.from({ length: count }, aDesired);
  for (const { instanceId } of desired) unsettled.add(instanceId);
  allSettled = Promise.withResolvers();
  const limit = pLimit(commandsAtATime);
  const begun = performance.now();
  const before = process.cpuUsage();
  await Promise.all(desired.map((one) => limit(() => engine.reconcile(one))));
  const late = delay(convergeWithinMs, undefined, { ref: false }).then(() => {
    throw new Error(`${unsettled.size} of ${count} instances have not converged`);
  });
  await Promise.race([allSettled.promise, late]);
  return { tookMs: performance.now() - begun, cpuMs: cpuMsSince(before) };
}

async function cpuMsOf(quietMs: number): Promise<number> {
  const before = process.cpuUsage();
  await delay(quietMs);
  return cpuMsSince(before);
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const say = (answer: HostAnswer): void => {
  process.send?.(answer);
};

process.on('message', async (request: HostRequest) => {
  if ('converge' in request) say(await converge(request.converge));
  else say({ cpuMs: await cpuMsOf(request.quietMs) });
});
await engine.open({
  observed,
  progressed: (progress) =>
    events.put(`progress:${progress.deploymentId}`, 'deployment.progressed', { ...envelope, progress }),
  logActive: () => undefined,
  logEnded: async () => undefined,
  logReleased: () => undefined,
});
const loops = [startInventoryLoop, startReportLoop].map((start) => start({ engine, envelope, events, logger }));
say({ ready: true });
await once(process, 'disconnect');
for (const stop of loops) stop();
await engine.close({ stopBots: false });
