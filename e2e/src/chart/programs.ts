import { existsSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

/** Of the checkout. */
export const root = path.resolve(import.meta.dirname, '../../..');
export const chartFolder = path.join(root, 'charts/zarpa');

/**
 * The programs beside a cluster of our own (`packages/test-cluster`), else those on PATH. `HELM`, `BUILDCTL` and `BUILDKIT_HOST` name others.
 */
function findPrograms(environment: NodeJS.ProcessEnv) {
  const run = path.dirname(environment.ZARPA_TEST_CLUSTER ?? '');
  const program = (name: string) => {
    const beside = path.join(run, '../bin', name);
    return environment[name.toUpperCase()] ?? (existsSync(beside) ? beside : name);
  };
  const socket = path.join(run, 'buildkit/buildkitd.sock');
  return {
    helm: program('helm'),
    buildctl: program('buildctl'),
    buildkitHost: environment.BUILDKIT_HOST ?? (existsSync(socket) ? `unix://${socket}` : null),
  };
}

export const programs = findPrograms(process.env);

/** Helm's standard output. @throws with its complaint. */
export async function helm(
  args: readonly string[],
  options: { kubeconfig?: string; values?: unknown } = {},
): Promise<string> {
  const { kubeconfig, values } = options;
  const { stdout } = await execa(programs.helm, [...args, ...(values === undefined ? [] : ['--values', '-'])], {
    ...(values === undefined ? {} : { input: JSON.stringify(values) }),
    ...(kubeconfig === undefined ? {} : { env: { KUBECONFIG: kubeconfig } }),
    timeout: 540_000,
  });
  return stdout;
}
