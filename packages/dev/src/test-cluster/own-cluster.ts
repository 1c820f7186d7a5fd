import path from 'node:path';
import { execa } from 'execa';
import { Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';
import { root } from '../workspace/workspace.ts';
import type { OpenCluster } from './cluster.ts';

const scripts = path.join(root, 'packages/test-cluster');

/** A cluster of this checkout's own, from `packages/test-cluster`; its programs stay for the next time. */
export async function startOwnCluster(
  directory: string,
  binaries: string | undefined,
  stop: AbortSignal,
): Promise<OpenCluster> {
  const bin = path.join(directory, 'bin');
  const run = path.join(directory, 'run');
  report('Cluster', `starting one in ${run}${binaries ? '' : ' (the first time its programs are built, ten minutes)'}`);
  const started = await execa(path.join(scripts, 'up'), [bin, run], {
    // The cluster's processes outlive the script: it must not share a pipe with them.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: binaries ? { ZARPA_CLUSTER_BINARIES: path.resolve(root, binaries) } : {},
    reject: false,
    cancelSignal: stop,
  });
  const close = () => takeDown(run);
  if (started.failed) {
    await close();
    throw new Problem('The test cluster did not start. The lines above say why.', { cause: started });
  }
  return { file: path.join(run, 'cluster.json'), close };
}

async function takeDown(run: string): Promise<void> {
  const { failed } = await execa(path.join(scripts, 'down'), [run, '--purge'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    reject: false,
  });
  report('Cluster', failed ? `could not be taken down; see ${run}` : 'taken down');
}
