import { randomBytes } from 'node:crypto';
import { type DeploymentId, type InstanceId, newId, type OwnerId } from '@zarpa/contracts';
import { createLogger } from '@zarpa/observability';
import { connectTestCluster, type TestCluster } from '@zarpa/test-cluster';
import type { Pod } from 'kubernetes-types/core/v1';
import type { Files } from '../../../contract/source-server.ts';
import { waitUntil } from '../../../contract/wait-until.ts';
import { KubernetesClient } from '../../client/kubernetes-client.ts';
import {
  namespaces,
  pods,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
} from '../../client/resource-kinds.ts';
import { namespacesOf } from '../../names.ts';
import { policyName } from '../build-names.ts';
import { findBuild } from '../build-pod.ts';
import type { BuildReport, BuildRequest, StartOutcome } from '../build-report.ts';
import { type BuildSettings, defaultBuildkitImage, defaultBuildLimits, defaultSourceImage } from '../build-settings.ts';
import { ClusterBuilds } from '../cluster-builds.ts';
import { ArchiveServer } from './archive-server.ts';

const buildPatienceMs = 240_000;
const mirrorPort = 5_000;

export interface EndedBuild {
  readonly report: BuildReport;
  /** One line for each record; headings and notices too. */
  readonly log: readonly string[];
  readonly deploymentId: DeploymentId;
  /** As it was when it had ended. */
  readonly pod: Pod | null;
}

/** Builds on the real cluster, in namespaces of their own. */
export class BuildWorld implements AsyncDisposable {
  readonly cluster: TestCluster;
  readonly client: KubernetesClient;
  readonly archives: ArchiveServer;
  readonly settings: BuildSettings;
  readonly builds: ClusterBuilds;

  private constructor(options: {
    cluster: TestCluster;
    client: KubernetesClient;
    archives: ArchiveServer;
    settings: BuildSettings;
  }) {
    this.cluster = options.cluster;
    this.client = options.client;
    this.archives = options.archives;
    this.settings = options.settings;
    this.builds = this.anotherWorker();
  }

  static async open(
    limits: Partial<BuildSettings['limits']> = {},
    change: Partial<BuildSettings> = {},
  ): Promise<BuildWorld> {
    const cluster = connectTestCluster();
    const host = cluster.hostAddress;
    if (host === null) throw new Error('These tests serve archives to pods: the cluster file must name hostAddress');
    const client = await KubernetesClient.fromKubeconfig({ path: cluster.kubeconfig });
    const archives = await ArchiveServer.start(host);
    const namespacePrefix = `t-builds-${randomBytes(4).toString('hex')}`;
    const settings: BuildSettings = {
      namespacePrefix,
      registry: { ...cluster.registry, path: namespacePrefix },
      mirror: { host: `${host}:${mirrorPort}`, insecure: true },
      caPem: null,
      sourceImage: defaultSourceImage,
      buildkitImage: defaultBuildkitImage,
      sbomScannerImage: null,
      imagePullSecret: null,
      egress: [{ cidr: `${host}/32`, port: archives.port }],
      dnsCidrs: [`${host}/32`],
      privateCidrs: [],
      limits: { ...defaultBuildLimits, cpuMillis: 1_500, memoryMb: 1_024, storageMb: 3_072, ...limits },
      nodeSelector: {},
      ...change,
    };
    const world = new BuildWorld({ cluster, client, archives, settings });
    await client.create(namespaces, { metadata: { name: namespacesOf(namespacePrefix).engine } });
    await world.builds.prepare();
    await world.untilGuarded();
    return world;
  }

  /** The API server takes up a new admission policy some seconds later. */
  private async untilGuarded(): Promise<void> {
    const { builds: namespace } = namespacesOf(this.settings.namespacePrefix);
    const intruder: Pod = {
      metadata: { name: 'intruder', namespace },
      spec: { containers: [{ name: 'build', image: this.settings.buildkitImage }] },
    };
    await waitUntil(
      'the admission policy holds',
      60_000,
      () =>
        this.client.apply(pods, intruder, { dryRun: true }).then(
          () => null,
          () => true,
        ),
      () => null,
    );
  }

  anotherWorker(): ClusterBuilds {
    const logger = createLogger({ app: 'builds', level: 'silent' });
    return new ClusterBuilds({ client: this.client, settings: this.settings, logger, onChange: () => undefined });
  }

  async request(files: Files, of: { instanceId?: InstanceId; ownerId?: OwnerId } = {}): Promise<BuildRequest> {
    return this.requestOf(await this.archives.publish(files), of);
  }

  requestOf(archiveUrl: string, of: { instanceId?: InstanceId; ownerId?: OwnerId } = {}): BuildRequest {
    return {
      instanceId: of.instanceId ?? newId('instance'),
      ownerId: of.ownerId ?? newId('owner'),
      artifactMissing: false,
      deployment: {
        deploymentId: newId('deployment'),
        source: {
          kind: 'repository',
          repository: 'owner/name',
          commitSha: '0123456789abcdef0123456789abcdef01234567',
          rootDirectory: '',
          archiveUrl,
          archiveExpiresAt: Date.now() + 3_600_000,
        },
        overrides: { install: null, build: null, start: null },
        artifact: null,
        environment: { keyId: 'none', nonce: '', ciphertext: '', tag: '' },
      },
    };
  }

  /** Starts it as soon as the queue lets it. */
  async started(request: BuildRequest, builds = this.builds): Promise<void> {
    let outcome: StartOutcome | null = null;
    await waitUntil(
      'the build has a slot',
      buildPatienceMs,
      async () => {
        outcome = await builds.start(request);
        return outcome.kind === 'started' ? outcome : null;
      },
      () => outcome,
    );
  }

  /** From its start to its end; finished. */
  async built(request: BuildRequest): Promise<EndedBuild> {
    await this.started(request);
    return await this.ended(request);
  }

  async ended({ deployment: { deploymentId } }: BuildRequest): Promise<EndedBuild> {
    const end = await this.reported(
      deploymentId,
      ({ outcome }) => outcome.state !== 'queued' && outcome.state !== 'running',
    );
    const log = await this.logOf(deploymentId);
    const pod = (await this.find(deploymentId))?.pod ?? null;
    await this.builds.finish(deploymentId);
    return { report: end, log, deploymentId, pod };
  }

  async reported(deploymentId: DeploymentId, condition: (report: BuildReport) => boolean): Promise<BuildReport> {
    let last: BuildReport | null = null;
    return await waitUntil(
      'the build gets there',
      buildPatienceMs,
      async () => {
        const found = await this.find(deploymentId);
        if (found !== null) last = await this.builds.report(found.job, found.pod);
        return last !== null && condition(last) ? last : null;
      },
      () => last,
    );
  }

  find(deploymentId: DeploymentId) {
    return findBuild(this.client, namespacesOf(this.settings.namespacePrefix).builds, deploymentId);
  }

  async logOf(deploymentId: DeploymentId): Promise<string[]> {
    const lines: string[] = [];
    for await (const records of this.builds.log(deploymentId).read({ after: null, follow: false })) {
      for (const { bytes } of records) lines.push(Buffer.from(bytes).toString('utf8'));
    }
    return lines;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.builds.close();
    const { namespacePrefix } = this.settings;
    const { builds, engine } = namespacesOf(namespacePrefix);
    await this.client.delete(namespaces, { name: builds });
    await this.client.delete(namespaces, { name: engine });
    const name = policyName(namespacePrefix);
    await this.client.delete(validatingAdmissionPolicyBindings, { name });
    await this.client.delete(validatingAdmissionPolicies, { name });
    await this.archives[Symbol.asyncDispose]();
    await this.client.close();
  }
}
