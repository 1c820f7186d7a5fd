import { readFile } from 'node:fs/promises';
import { BuildPlan, type DeploymentId, InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import type { Job } from 'kubernetes-types/batch/v1';
import type { Pod } from 'kubernetes-types/core/v1';
import type { LogSource } from '../../log-source.ts';
import { ArchiveAddressExpired, SourceError } from '../../source/source-error.ts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { isAlreadyExists } from '../client/kubernetes-error.ts';
import { jobs } from '../client/resource-kinds.ts';
import { label, type Namespaces, namespacesOf } from '../names.ts';
import { dockerConfigJson } from '../registry/docker-config.ts';
import { InstanceImages } from '../registry/instance-images.ts';
import { RegistryClient } from '../registry/registry-client.ts';
import { archiveAddress } from './archive-address.ts';
import { buildJobOf } from './build-job.ts';
import { BuildLog } from './build-log.ts';
import { jobName, planLabel, repositoryOf } from './build-names.ts';
import { buildProgramOf } from './build-program.ts';
import { BuildQueue } from './build-queue.ts';
import type { BuildReport, BuildRequest, BuiltImage, StartOutcome } from './build-report.ts';
import type { BuildRunner } from './build-runner.ts';
import type { BuildSettings } from './build-settings.ts';
import { BuildWatch } from './build-watch.ts';
import { prepareBuilds } from './prepare-builds.ts';
import { readBuild } from './read-build.ts';

/** The program `source`, as the worker's build bundles it. */
const readSourceProgram = (): Promise<string> =>
  readFile(new URL('../../../../dist/builder/source.mjs', import.meta.url), 'utf8');

export class ClusterBuilds implements BuildRunner {
  readonly dockerConfigJson: string;
  readonly #client: KubernetesClient;
  readonly #settings: BuildSettings;
  readonly #logger: Logger;
  readonly #onChange: (instanceId: InstanceId) => void;
  readonly #namespaces: Namespaces;
  readonly #queue: BuildQueue;
  readonly #registry: RegistryClient;
  readonly #watch: BuildWatch;
  #programName: Promise<string> | null = null;

  constructor(options: {
    client: KubernetesClient;
    settings: BuildSettings;
    logger: Logger;
    /** There is more to report of an instance's build. Never throws. */
    onChange: (instanceId: InstanceId) => void;
  }) {
    const { client, settings } = options;
    this.#client = client;
    this.#settings = settings;
    this.#logger = options.logger;
    this.dockerConfigJson = dockerConfigJson(settings.registry);
    this.#onChange = options.onChange;
    this.#namespaces = namespacesOf(settings.namespacePrefix);
    this.#queue = new BuildQueue({ client, namespaces: this.#namespaces, limits: settings.limits });
    this.#watch = new BuildWatch({ client, namespace: this.#namespaces.builds });
    this.#registry = new RegistryClient({ ...settings.registry, caPem: settings.caPem });
  }

  async prepare(): Promise<void> {
    await prepareBuilds({ client: this.#client, settings: this.#settings, sourceProgram: await readSourceProgram() });
  }

  async start(request: BuildRequest): Promise<StartOutcome> {
    const { instanceId, ownerId, deployment } = request;
    const { deploymentId, source } = deployment;
    const job = await this.#client.get(jobs, { namespace: this.#namespaces.builds, name: jobName(deploymentId) });
    if (job !== null) return { kind: job.metadata?.deletionTimestamp === undefined ? 'started' : 'queued' };
    if (Date.now() >= source.archiveExpiresAt) return { kind: 'address-expired' };
    if (!(await this.#queue.ask({ deploymentId, instanceId, ownerId }))) return { kind: 'queued' };
    try {
      const madeAt = Date.now();
      const url = await archiveAddress(source.archiveUrl, this.#settings);
      await this.#createJob(request, { url, madeAt });
      return { kind: 'started' };
    } catch (error) {
      if (!(error instanceof SourceError) && !(error instanceof ArchiveAddressExpired)) throw error;
      await this.#queue.leave(deploymentId, { ending: false });
      return error instanceof SourceError ? { kind: 'failed', reason: error.reason } : { kind: 'address-expired' };
    }
  }

  async report(job: Job, pod: Pod | null): Promise<BuildReport> {
    const deploymentId = job.metadata?.labels?.[label.deployment] as DeploymentId;
    const instanceId = job.metadata?.labels?.[label.instance] as InstanceId;
    const { source, progress } = await this.#watch.look(deploymentId, pod, () => this.#onChange(instanceId));
    const { outcome, ...rest } = readBuild({ job, pod, source, progress, settings: this.#settings });
    if (outcome.state !== 'pushed') return { ...rest, outcome };
    const { digest, buildPlan } = outcome;
    const image = await this.#images(instanceId).find(digest);
    if (image === null)
      return {
        ...rest,
        outcome: { state: 'failed', reason: { code: 'registry_refused', params: { detail: 'image_missing' } } },
      };
    const artifact = `${repositoryOf(this.#settings.registry, instanceId)}@${digest}`;
    return { ...rest, outcome: { state: 'published', artifact, artifactBytes: image.bytes, buildPlan } };
  }

  async cancel(deploymentId: DeploymentId): Promise<void> {
    this.#watch.forget(deploymentId);
    const existed = await this.#deleteJob(deploymentId);
    await this.#queue.leave(deploymentId, { ending: existed });
  }

  async finish(deploymentId: DeploymentId): Promise<void> {
    await this.cancel(deploymentId);
  }

  log(deploymentId: DeploymentId): LogSource {
    return new BuildLog({
      client: this.#client,
      namespace: this.#namespaces.builds,
      settings: this.#settings,
      deploymentId,
    });
  }

  async imageOf(artifact: string): Promise<BuiltImage | null> {
    const { host, path } = this.#settings.registry;
    const [repository = '', digest = ''] = artifact.split('@');
    const instanceId = InstanceId.safeParse(repository.slice(repository.lastIndexOf('/') + 1));
    if (!instanceId.success || repository !== repositoryOf({ host, path }, instanceId.data)) return null;
    const image = await this.#images(instanceId.data).find(digest);
    return image === null ? null : { bytes: image.bytes, buildPlan: planOfLabel(image.labels[planLabel]) };
  }

  async sweepImages(instanceId: InstanceId, inUse: readonly string[]): Promise<void> {
    const removed = await this.#images(instanceId).sweep(inUse, Date.now());
    if (removed > 0) this.#logger.info({ instanceId, removed }, 'Removed images that nothing needs');
  }

  async removeImages(instanceId: InstanceId): Promise<void> {
    const removed = await this.#images(instanceId).purge();
    if (removed > 0) this.#logger.info({ instanceId, removed }, 'Removed all images of an instance');
  }

  async close(): Promise<void> {
    await this.#watch.close();
    this.#registry.close();
  }

  async #createJob(request: BuildRequest, archive: { url: string; madeAt: number }): Promise<void> {
    const programName = await this.#program();
    const job = buildJobOf({ request, archive, settings: this.#settings, programName });
    try {
      await this.#client.create(jobs, job);
      const { instanceId, deployment } = request;
      this.#logger.info({ instanceId, deploymentId: deployment.deploymentId }, 'Created Job of a build');
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  #program(): Promise<string> {
    this.#programName ??= readSourceProgram().then(
      (source) => buildProgramOf(this.#namespaces.builds, this.#settings, source).metadata?.name ?? '',
    );
    return this.#programName;
  }

  async #deleteJob(deploymentId: DeploymentId): Promise<boolean> {
    const ref = { namespace: this.#namespaces.builds, name: jobName(deploymentId) };
    return await this.#client.delete(jobs, ref, { propagation: 'Foreground' });
  }

  #images(instanceId: InstanceId): InstanceImages {
    return new InstanceImages({ client: this.#registry, path: this.#settings.registry.path, instanceId });
  }
}

function planOfLabel(text: string | undefined): BuildPlan | null {
  try {
    return BuildPlan.safeParse(JSON.parse(Buffer.from(text ?? '', 'base64').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
