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

  /** Built and running. */
  async start(): Promise<void> {
    await this.#deploy();
    await this.instance.until('it runs', ({ state, settled }) => state === 'running' && settled, 240_000);
    this.#learnArtifact();
  }

  /** The next thing that its owner does: deploy (now and then with a build), pause, resume, upgrade. Says what it was. */
  async act(): Promise<string> {
    const choice = this.#random();
    if (this.instance.desired.state === 'paused' && choice < 0.6)
      return await this.#send({ state: 'running' }, 'resume');
    if (choice < 0.45) return await this.#deploy();
    if (choice < 0.7) return await this.#send({ state: 'paused' }, 'pause');
    const { limits } = this.instance.desired;
    const others = memoryStepsMb.filter((memoryMb) => memoryMb !== limits.memoryMb);
    const memoryMb = pickFrom(others, this.#random);
    return await this.#send({ limits: { ...limits, memoryMb } }, `upgrade to ${memoryMb} MB`);
  }

  async #deploy(): Promise<string> {
    this.#learnArtifact();
    const builds = this.#artifact === null || this.#random() < 0.08;
    this.#changes += 1;
    const deployment = await this.instance.newDeployment(countingBot(), {
      variables: { BOT_VERSION: String(this.#changes) },
      ...(builds || this.#artifact === null ? {} : { artifact: this.#artifact }),
    });
    if (builds) this.#building = deployment.deploymentId;
    return await this.#send({ deployment, state: 'running' }, builds ? 'build and deploy' : 'deploy');
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
