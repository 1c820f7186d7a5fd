import { errorText, Problem } from '../terminal/problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The cluster that `npm start` runs bots on. */
export interface Cluster {
  readonly context: string;
  readonly server: string;
  /** Such as `v1.36.0`. */
  readonly version: string;
}

/** Bots run as pods where the operator says both where the cluster is and where its images are pushed; else as processes here. */
export function usesKubernetes({ ENGINE, KUBECONFIG, REGISTRY_HOST }: Environment): boolean {
  return ENGINE !== 'local' && Boolean(KUBECONFIG && REGISTRY_HOST);
}

/** @throws Problem that names the setting without which bots would be accepted and never run. */
export function refuseUnusable({ KUBECONFIG = '', HOST_ADDRESS, GITHUB_API_URL }: Environment): void {
  if (KUBECONFIG.includes(':'))
    throw new Problem(`KUBECONFIG names several files: ${KUBECONFIG}. Set it to one of them.`);
  if (!HOST_ADDRESS && !GITHUB_API_URL) {
    throw new Problem(
      'Builds in the cluster fetch their source from the sandbox of this machine: set HOST_ADDRESS to the address at which pods reach it, or GITHUB_API_URL and the settings of a GitHub App (docs/settings.md).',
    );
  }
}

/** Asks the cluster of a kubeconfig who it is. @throws Problem where it does not answer. */
export async function findCluster(kubeconfig: string): Promise<Cluster> {
  const { KubeConfig, VersionApi } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new Problem(`KUBECONFIG names ${kubeconfig}, which can not be read: ${errorText(cause)}`, { cause });
  }
  const server = config.getCurrentCluster()?.server;
  const context = config.getCurrentContext();
  if (server === undefined) throw new Problem(`${kubeconfig} has no cluster in its current context "${context}".`);
  try {
    const { gitVersion } = await config.makeApiClient(VersionApi).getCode();
    return { context, server, version: gitVersion };
  } catch (cause) {
    throw new Problem(
      `The cluster of KUBECONFIG (${server}) does not answer: ${errorText(cause).split('\n')[0]}. Unset KUBECONFIG to run bots as processes of this machine.`,
      { cause },
    );
  }
}
