import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findProgram } from '../start/programs.ts';
import { Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';
import { writeJson } from '../workspace/json-file.ts';
import type { OpenCluster } from './cluster.ts';
import { type Commands, commandsUntil } from './commands.ts';
import { registryContainer, startKindRegistry, trustRegistry } from './kind-registry.ts';

const kindModule = 'sigs.k8s.io/kind@v0.33.0';
const cluster = 'zarpa-test';

/** As in `packages/test-cluster`: a crashed container starts again after 2 s at most. */
const configuration = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
kubeadmConfigPatches:
  - |
    kind: KubeletConfiguration
    featureGates: {KubeletCrashLoopBackOffMax: true}
    crashLoopBackOff: {maxContainerRestartPeriod: 2s}
`;

/** A kind cluster in Docker, with a registry beside it on the same network. */
export async function startKindCluster(directory: string, stop: AbortSignal): Promise<OpenCluster> {
  mkdirSync(directory, { recursive: true });
  const commands = commandsUntil(stop);
  const kind = findProgram('kind', process.env) ?? (await installKind(path.join(directory, 'bin'), commands));
  const close = () => takeDown(kind);
  report('Cluster', `starting kind's ${cluster} in Docker`);
  await close();
  try {
    return { file: await create(kind, directory, commands), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function create(kind: string, directory: string, { must, print }: Commands): Promise<string> {
  const kubeconfig = path.join(directory, 'kind.kubeconfig');
  const configFile = path.join(directory, 'kind.yaml');
  await writeFile(configFile, configuration);
  const files = ['--config', configFile, '--kubeconfig', kubeconfig];
  await must(kind, ['create', 'cluster', '--name', cluster, ...files, '--wait', '180s']);
  const registry = await startKindRegistry(directory, { must, print });
  const nodes = await print(kind, ['get', 'nodes', '--name', cluster]);
  for (const node of nodes.split('\n')) await trustRegistry(node, registry.host, { must, print });
  const gateways = await print('docker', [
    ...['network', 'inspect', 'kind', '--format', '{{range .IPAM.Config}}{{println .Gateway}}{{end}}'],
  ]);
  const hostAddress = gateways.split('\n').find((address) => address.includes('.')) ?? null;
  const file = path.join(directory, 'kind.json');
  writeJson(file, { kubeconfig, registry, hostAddress, volumesDirectory: null, componentCommand: null });
  return file;
}

async function installKind(directory: string, { must }: Commands): Promise<string> {
  if (!findProgram('go', process.env)) {
    throw new Problem(
      'Docker answers, but there is neither kind nor Go to build it with. Install one of them, or set KUBECONFIG and the TEST_REGISTRY settings.',
    );
  }
  report('Cluster', `building ${kindModule}`);
  await must('go', ['install', kindModule], { env: { GOBIN: directory } });
  return path.join(directory, 'kind');
}

/** Also what an earlier run left. */
async function takeDown(kind: string): Promise<void> {
  const { attempt } = commandsUntil();
  await attempt(kind, ['delete', 'cluster', '--name', cluster]);
  await attempt('docker', ['rm', '--force', '--volumes', registryContainer]);
}
