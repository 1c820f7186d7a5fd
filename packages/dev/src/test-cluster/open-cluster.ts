import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { hasApt } from '../services/debian.ts';
import type { TestClusterSettings } from '../settings.ts';
import { Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';
import { writeJson } from '../workspace/json-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Choice, chooseCluster } from './choose-cluster.ts';
import type { OpenCluster } from './cluster.ts';
import { startKindCluster } from './kind-cluster.ts';
import { startOwnCluster } from './own-cluster.ts';

/** Finds or starts the cluster, saying which one. @throws Problem that says what to do. */
export async function openCluster(
  workspace: Workspace,
  settings: TestClusterSettings,
  stop: AbortSignal,
): Promise<OpenCluster> {
  const choice = chooseCluster(settings, await findMeans());
  const directory = workspace.file('cluster');
  switch (choice.use) {
    case 'described':
      report('Cluster', `the one that ${choice.file} describes`);
      return given(existing(choice.file, 'ZARPA_TEST_CLUSTER'));
    case 'kubeconfig':
      report('Cluster', `the one of ${choice.kubeconfig}; images go to ${choice.registry.host}`);
      return given(describeCluster(`${directory}.json`, choice, settings.TEST_HOST_ADDRESS));
    case 'kind':
      return startKindCluster(directory, stop);
    case 'own':
      return startOwnCluster(directory, settings.ZARPA_CLUSTER_BINARIES, stop);
    case 'nothing':
      throw new Problem(choice.advice);
  }
}

async function findMeans() {
  const docker = await execa('docker', ['info'], { reject: false, stdin: 'ignore', timeout: 10_000 });
  return { docker: !docker.failed, debian: process.platform === 'linux' && hasApt(), root: process.getuid?.() === 0 };
}

function given(file: string): OpenCluster {
  return { file, close: async () => {} };
}

function describeCluster(
  file: string,
  { kubeconfig, registry }: Extract<Choice, { use: 'kubeconfig' }>,
  hostAddress = null as string | null,
): string {
  writeJson(file, {
    kubeconfig: existing(kubeconfig, 'KUBECONFIG'),
    registry: { ...registry, password: registry.password.reveal() },
    hostAddress,
    volumesDirectory: null,
    componentCommand: null,
  });
  return file;
}

function existing(file: string, variable: string): string {
  if (existsSync(file)) return path.resolve(file);
  throw new Problem(`${variable} names ${file}, and there is no such file. Correct it, or unset it.`);
}
