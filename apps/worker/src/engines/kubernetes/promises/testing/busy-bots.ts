import type { ContractInstance, ContractWorld } from '../../../contract/contract-world.ts';
import { countingBot } from './counting-bot.ts';
import { pickFrom } from './faults.ts';

const memoryStepsMb = [96, 128, 160];

/** A bot whose owner does not leave it alone. */
export class BusyBot {
  readonly instance: ContractInstance;
  readonly #world: ContractWorld;
  readonly #random: () => number;
  #changes = 0;
  /** Of the newest version that was built. */
  #artifact: string | null = null;
  #building: string | null = null;

  constructor(world: ContractWorld, random: () => number) {
    this.#world = world;
    this.#random = random;
    this.instance = world.newInstance();
    const { desired } = this.instance;
    this.instance.desired = { ...desired, limits: { ...desired.limits, memoryMb: 128, cpuMillis: 200 } };
  }

  /** Running, of what was built before or of a build of its own. Answers what it runs. */
  async start(artifact: string | null): Promise<string | null> {
    this.#artifact = artifact;
    await this.#deploy(artifact === null);
    await this.instance.until('it runs', ({ state, settled }) => state === 'running' && settled, 240_000);
    this.#learnArtifact();
    return this.#artifact;
  }

  /** The next thing that its owner does: deploy (now and then with a build), pause, resume, upgrade. Says what it was. */
  async act(): Promise<string> {
    const choice = this.#random();
    if (this.instance.desired.state === 'paused' && choice < 0.6)
      return await this.#send({ state: 'running' }, 'resume');
    if (choice < 0.45) return await this.#deploy(this.#random() < 0.08);
    if (choice < 0.7) return await this.#send({ state: 'paused' }, 'pause');
    const { limits } = this.instance.desired;
    const others = memoryStepsMb.filter((memoryMb) => memoryMb !== limits.memoryMb);
    const memoryMb = pickFrom(others, this.#random);
    return await this.#send({ limits: { ...limits, memoryMb } }, `upgrade to ${memoryMb} MB`);
  }

  async #deploy(builds: boolean): Promise<string> {
    this.#learnArtifact();
    this.#changes += 1;
    const artifact = builds ? null : this.#artifact;
    const deployment = await this.instance.newDeployment(countingBot(), {
      variables: { BOT_VERSION: String(this.#changes) },
      ...(artifact === null ? {} : { artifact }),
    });
    if (artifact === null) this.#building = deployment.deploymentId;
    return await this.#send({ deployment, state: 'running' }, artifact === null ? 'build and deploy' : 'deploy');
  }

  async #send(change: Partial<ContractInstance['desired']>, what: string): Promise<string> {
    await this.instance.send(change);
    return `${this.instance.id}: ${what} (generation ${this.instance.desired.generation})`;
  }

  #learnArtifact(): void {
    const progress = this.#building === null ? undefined : this.#world.progressOf(this.#building);
    if (progress?.status === 'succeeded') this.#artifact = progress.artifact;
  }
}
