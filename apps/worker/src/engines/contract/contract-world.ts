import {
  ClusterId,
  type DeploymentProgress,
  type DesiredInstance,
  type InstanceId,
  newId,
  type ObservedInstance,
  PlanId,
} from '@zarpa/contracts';
import type { EngineHarness, EngineWorker, LogRecordText } from './harness.ts';
import { type Files, SourceServer } from './source-server.ts';
import { waitUntil } from './wait-until.ts';

type Deployment = NonNullable<DesiredInstance['deployment']>;

/** One engine under test: a worker at a time, and all that it said. */
export class ContractWorld {
  readonly harness: EngineHarness;
  readonly sources: SourceServer;
  readonly #observed = new Map<InstanceId, ObservedInstance>();
  readonly #progress = new Map<string, DeploymentProgress>();
  #worker: EngineWorker;

  private constructor(harness: EngineHarness, sources: SourceServer) {
    this.harness = harness;
    this.sources = sources;
    this.#worker = this.#startWorker();
  }

  static async open(harness: EngineHarness): Promise<ContractWorld> {
    const world = new ContractWorld(harness, await SourceServer.start(harness.sourceHost));
    await world.#worker.opened;
    return world;
  }

  /** Waits until something is there, as long as this engine may take. */
  async waitUntil<T>(
    what: string,
    timeoutMs: number,
    look: () => T | null | Promise<T | null>,
    state: () => unknown,
  ): Promise<T> {
    return await waitUntil(what, timeoutMs * this.harness.patience, look, state);
  }

  get worker(): EngineWorker {
    return this.#worker;
  }

  /** `kill -9` of the worker, then another one. */
  async replaceWorker(): Promise<void> {
    await this.#worker.kill();
    this.#worker = this.#startWorker();
    await this.#worker.opened;
  }

  async restartWorkerPolitely(options: { stopBots: boolean }): Promise<void> {
    await this.#worker.close(options);
    this.#worker = this.#startWorker();
    await this.#worker.opened;
  }

  newInstance(): ContractInstance {
    return new ContractInstance(this);
  }

  observedOf(instanceId: InstanceId): ObservedInstance | undefined {
    return this.#observed.get(instanceId);
  }

  progressOf(deploymentId: string): DeploymentProgress | undefined {
    return this.#progress.get(deploymentId);
  }

  async dispose(): Promise<void> {
    await this.#worker.close({ stopBots: true }).catch(() => undefined);
    await this.harness.dispose();
    await this.sources[Symbol.asyncDispose]();
  }

  /** The fences that the API applies to what it hears. */
  #startWorker(): EngineWorker {
    return this.harness.startWorker({
      observed: (observed) => {
        const known = this.#observed.get(observed.instanceId);
        const newer = known === undefined || observed.revision > known.revision;
        if (newer && observed.generation >= (known?.generation ?? 0)) this.#observed.set(observed.instanceId, observed);
      },
      progressed: (progress) => {
        const known = this.#progress.get(progress.deploymentId);
        if (known === undefined || progress.revision > known.revision)
          this.#progress.set(progress.deploymentId, progress);
      },
    });
  }
}

/** One instance as its owner and the API see it: each change is a new generation with the whole desired state. */
export class ContractInstance {
  readonly #world: ContractWorld;
  desired: DesiredInstance;

  constructor(world: ContractWorld) {
    this.#world = world;
    this.desired = {
      instanceId: newId('instance'),
      ownerId: newId('owner'),
      clusterId: ClusterId.parse('contract'),
      generation: 1,
      state: 'running',
      restartRevision: 0,
      limits: { planId: PlanId.parse('development'), memoryMb: 256, cpuMillis: 500, storageMb: 512 },
      deployment: null,
    };
  }

  get id(): InstanceId {
    return this.desired.instanceId;
  }

  get observed(): ObservedInstance | undefined {
    return this.#world.observedOf(this.id);
  }

  get progress(): DeploymentProgress | undefined {
    return this.#world.progressOf(this.desired.deployment?.deploymentId ?? '');
  }

  async newDeployment(
    files: Files,
    options: { variables?: Record<string, string>; artifact?: string } = {},
  ): Promise<Deployment> {
    const deploymentId = newId('deployment');
    return {
      deploymentId,
      source: {
        kind: 'repository',
        repository: 'owner/name',
        commitSha: '0123456789abcdef0123456789abcdef01234567',
        rootDirectory: '',
        archiveUrl: await this.#world.sources.publish(files),
        archiveExpiresAt: Date.now() + 3_600_000,
      },
      overrides: { install: null, build: null, start: null },
      artifact: options.artifact ?? null,
      environment: this.#world.harness.seal(deploymentId, options.variables ?? {}),
    };
  }

  /** The next generation, not sent. */
  change(change: Partial<DesiredInstance>): DesiredInstance {
    this.desired = { ...this.desired, ...change, generation: this.desired.generation + 1 };
    return this.desired;
  }

  async send(change: Partial<DesiredInstance>): Promise<void> {
    await this.#world.worker.reconcile(this.change(change));
  }

  async resend(): Promise<void> {
    await this.#world.worker.reconcile(this.desired);
  }

  async deploy(
    files: Files,
    options: { variables?: Record<string, string>; artifact?: string } = {},
  ): Promise<Deployment> {
    const deployment = await this.newDeployment(files, options);
    await this.send({ deployment, state: 'running' });
    return deployment;
  }

  /** Deploys and waits until it runs well. */
  async running(files: Files, options: { variables?: Record<string, string> } = {}): Promise<Deployment> {
    const deployment = await this.deploy(files, options);
    await this.until(
      'it runs',
      ({ state, settled, deploymentId }) => state === 'running' && settled && deploymentId === deployment.deploymentId,
    );
    return deployment;
  }

  async until(
    what: string,
    condition: (observed: ObservedInstance) => boolean,
    timeoutMs = 20_000,
  ): Promise<ObservedInstance> {
    return await this.#world.waitUntil(
      what,
      timeoutMs,
      () => {
        const { observed } = this;
        return observed !== undefined && observed.generation === this.desired.generation && condition(observed)
          ? observed
          : null;
      },
      () => ({ observed: this.observed, progress: this.progress }),
    );
  }

  async untilDeployment(
    deployment: Deployment,
    condition: (progress: DeploymentProgress) => boolean,
  ): Promise<DeploymentProgress> {
    const progress = () => this.#world.progressOf(deployment.deploymentId);
    return await this.#world.waitUntil(
      'the deployment gets there',
      60_000,
      () => {
        const found = progress();
        return found !== undefined && condition(found) ? found : null;
      },
      () => ({ observed: this.observed, progress: progress() }),
    );
  }

  data(name: string): Promise<string | null> {
    return this.#world.harness.readData(this.id, name);
  }

  /** What the bot wrote, once it is at least as long as expected: on a busy machine a bot that runs may not have written yet. */
  dataAsLongAs(name: string, expected: string): Promise<string> {
    return this.untilData(name, (content) => content.length >= expected.length);
  }

  /** Waits until a file of the data directory is as it should be. */
  async untilData(name: string, condition: (content: string) => boolean): Promise<string> {
    return await this.#world.waitUntil(
      `${name} is written`,
      60_000,
      async () => {
        const content = await this.data(name);
        return content !== null && condition(content) ? content : null;
      },
      () => ({ observed: this.observed }),
    );
  }

  /** Waits until a file of the data directory is gone. */
  async untilNoData(name: string): Promise<void> {
    await this.#world.waitUntil(
      `${name} is gone`,
      20_000,
      async () => ((await this.data(name)) === null ? true : null),
      () => ({ observed: this.observed }),
    );
  }

  /** Waits until a build's log, which is kept shortly after the build's end, has such a record. */
  async untilBuildLog(
    { deploymentId }: Deployment,
    condition: (record: LogRecordText) => boolean,
  ): Promise<LogRecordText> {
    return await this.#world.waitUntil(
      'the build log says it',
      20_000,
      async () => (await this.#world.worker.buildLog(this.id, deploymentId)).find(condition) ?? null,
      () => ({ progress: this.#world.progressOf(deploymentId) }),
    );
  }

  /** What the bot printed, once it is at least so many lines. */
  async untilLines(count: number): Promise<string[]> {
    return await this.#untilAtLeast(count, () => this.lines());
  }

  /** The run log, once it is at least so many records. */
  async untilRecords(count: number): Promise<LogRecordText[]> {
    return await this.#untilAtLeast(count, () => this.#world.worker.runLog(this.id));
  }

  async lines(): Promise<string[]> {
    const records = await this.#world.worker.runLog(this.id);
    return records.filter(({ kind }) => kind === 'line').map(({ text }) => text);
  }

  async #untilAtLeast<T>(count: number, read: () => Promise<T[]>): Promise<T[]> {
    const look = async () => {
      const found = await read();
      return found.length >= count ? found : null;
    };
    return await this.#world.waitUntil(`${count} are in the log`, 20_000, look, () => ({ observed: this.observed }));
  }

  /** Empty as long as there were never two copies. */
  async overlaps(): Promise<string> {
    return (await this.data('overlaps')) ?? '';
  }
}
