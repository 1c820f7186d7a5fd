import type { TestCluster } from '@zarpa/test-cluster';
import type { BuildSettings } from '../builds/build-settings.ts';
import { defaultBuildkitImage, defaultBuildLimits, defaultSourceImage } from '../builds/build-settings.ts';
import type { BotSettings } from '../options.ts';
import type { TransferSettings } from '../transfers/transfer-settings.ts';

/** Where the test cluster's stand-in for Docker Hub answers. */
const mirrorPort = 5000;

/** How the engine is set up on the cluster of the tests. */
export function clusterOptions(
  cluster: TestCluster,
  namespacePrefix: string,
): { bots: BotSettings; builds: BuildSettings; transfers: TransferSettings } {
  const { registry, hostAddress } = cluster;
  const host = hostAddress === null ? [] : [`${hostAddress}/32`];
  return {
    bots: {
      runtimeClass: null,
      nodeSelector: {},
      storageClass: null,
      logKeeperImage: defaultSourceImage,
      dnsCidrs: host,
      privateCidrs: [],
    },
    builds: {
      namespacePrefix,
      registry: { ...registry, path: namespacePrefix },
      mirror: hostAddress === null ? null : { host: `${hostAddress}:${mirrorPort}`, insecure: true },
      caPem: null,
      sourceImage: defaultSourceImage,
      buildkitImage: defaultBuildkitImage,
      sbomScannerImage: null,
      imagePullSecret: null,
      egress: host.map((cidr) => ({ cidr, port: null })),
      dnsCidrs: host,
      privateCidrs: [],
      limits: { ...defaultBuildLimits, perOwner: 4, perCluster: 4 },
      nodeSelector: {},
    },
    transfers: { image: defaultSourceImage, caPem: null, egress: [] },
  };
}
