import type { TestClusterSettings } from '../settings.ts';

/** What this machine can do about a cluster. */
export interface Means {
  /** A Docker engine answers. */
  readonly docker: boolean;
  /** Linux with Debian's apt-get. */
  readonly debian: boolean;
  readonly root: boolean;
}

export interface GivenRegistry {
  readonly host: string;
  readonly username: string;
  readonly password: NonNullable<TestClusterSettings['TEST_REGISTRY_PASSWORD']>;
  readonly insecure: boolean;
}

export type Choice =
  | { readonly use: 'described'; readonly file: string }
  | { readonly use: 'kubeconfig'; readonly kubeconfig: string; readonly registry: GivenRegistry }
  | { readonly use: 'kind' }
  | { readonly use: 'own' }
  | { readonly use: 'nothing'; readonly advice: string };

/** Where the cluster comes from: what the environment names, else kind in Docker, else our own, else advice. Pure. */
export function chooseCluster(settings: TestClusterSettings, means: Means): Choice {
  if (settings.ZARPA_TEST_CLUSTER) return { use: 'described', file: settings.ZARPA_TEST_CLUSTER };
  if (settings.KUBECONFIG) return withKubeconfig(settings.KUBECONFIG, settings);
  if (means.docker) return { use: 'kind' };
  if (means.debian && means.root) return { use: 'own' };
  const lacking = means.debian ? 'root: run the command as root' : 'Debian, and this system is another';
  return nothing(
    `There is no cluster to test on: KUBECONFIG is not set, no Docker answers, and a cluster of its own needs ${lacking}. Start Docker, or set KUBECONFIG and the TEST_REGISTRY settings.`,
  );
}

function withKubeconfig(kubeconfig: string, settings: TestClusterSettings): Choice {
  if (kubeconfig.includes(':')) {
    return nothing(`KUBECONFIG names several files: ${kubeconfig}. Set it to one of them.`);
  }
  const { TEST_REGISTRY: host, TEST_REGISTRY_USERNAME: username, TEST_REGISTRY_PASSWORD: password } = settings;
  if (!host || !username || !password) {
    const missing = Object.entries({
      TEST_REGISTRY: host,
      TEST_REGISTRY_USERNAME: username,
      TEST_REGISTRY_PASSWORD: password,
    })
      .filter(([, value]) => !value)
      .map(([name]) => name);
    return nothing(
      `KUBECONFIG names a cluster, and its tests need a registry that nodes pull from: set ${missing.join(', ')} (docs/settings.md). Or unset KUBECONFIG to test on a cluster made for it.`,
    );
  }
  return {
    use: 'kubeconfig',
    kubeconfig,
    registry: { host, username, password, insecure: settings.TEST_REGISTRY_INSECURE },
  };
}

function nothing(advice: string): Choice {
  return { use: 'nothing', advice };
}
