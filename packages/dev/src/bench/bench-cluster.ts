import path from 'node:path';
import { execa } from 'execa';
import { prepareServices } from '../services/prepare-services.ts';
import type { Settings, TestClusterSettings } from '../settings.ts';
import { buildAll } from '../start/build.ts';
import { ensurePrograms } from '../start/programs.ts';
import { stopSignal } from '../start/stop-signal.ts';
import { openCluster } from '../test-cluster/open-cluster.ts';
import { openSecrets } from '../workspace/secrets.ts';
import { openWorkspace, root } from '../workspace/workspace.ts';

const endWithinMs = 60 * 60_000;

/** `npm run bench:cluster`: README's figures of the Kubernetes engine, on the cluster that `npm run test:cluster` would take. */
export async function benchCluster(args: readonly string[], settings: Settings & TestClusterSettings): Promise<number> {
  const workspace = openWorkspace(settings);
  const stop = stopSignal();
  await ensurePrograms(process.env);
  const services = await prepareServices({ workspace, secrets: openSecrets(workspace), settings });
  await buildAll(stop);
  const cluster = await openCluster(workspace, settings, stop);
  try {
    const result = await execa(process.execPath, ['bench/cluster/main.ts', ...args], {
      cwd: path.join(root, 'e2e'),
      env: { ...services, ZARPA_TEST_CLUSTER: cluster.file },
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      timeout: endWithinMs,
      cancelSignal: stop,
      reject: false,
    });
    return result.exitCode ?? 1;
  } finally {
    await cluster.close();
  }
}
