import type { V1Job } from '@kubernetes/client-node';
import type { ServerEventPayload } from '@zarpa/contracts';
import { accepted } from '../../src/platform/customer.ts';
import { addRepository } from '../../src/platform/repository.ts';
import { milliseconds, type Row, times } from '../measurement.ts';
import { median } from '../statistics.ts';
import { pushVersion, talkativeBot } from './bots.ts';
import { ByHand, templateOf } from './by-hand.ts';
import type { ClusterBench } from './cluster-bench.ts';

const repository = 'teste/bot-falante';
const startPairs = 5;
const buildPairs = 3;
const runningWithinMs = 300_000;

/** One instance of the platform, and its like made by hand. */
class Deployments {
  readonly #bench: ClusterBench;
  readonly #instanceId: string;
  readonly #hand: ByHand;
  #version = 0;

  private constructor(bench: ClusterBench, instanceId: string, hand: ByHand) {
    this.#bench = bench;
    this.#instanceId = instanceId;
    this.#hand = hand;
  }

  static async prepare(bench: ClusterBench): Promise<Deployments> {
    const { platform, customer } = await bench.product();
    await addRepository(`${platform.directory}/sandbox`, repository, talkativeBot('bot-falante'));
    const job = firstJob(bench);
    const { instanceId } = await customer.createInstance({ name: 'Falante', repository });
    await customer.until(instanceId, 'running', runningWithinMs);
    const hand = await ByHand.prepare(bench, await templateOf(bench, instanceId, await job));
    const deployments = new Deployments(bench, instanceId, hand);
    await deployments.#pause();
    return deployments;
  }

  /**
   * A deployment of the artifact that is there, with another variable, of an instance that is paused: accepted until its first line is at the
   * socket.
   */
  async start(): Promise<number> {
    const { customer } = await this.#bench.product();
    const path = { instanceId: this.#instanceId };
    const set = [{ name: 'ROUND', value: String(++this.#version) }];
    accepted(await customer.api.PATCH('/v1/instances/{instanceId}/variables', { params: { path }, body: { set } }));
    const took = await this.#deploy({ reuseArtifact: true, firstLine: 'version' });
    await this.#pause();
    return took;
  }

  async startByHand(): Promise<number> {
    const took = await this.#hand.start();
    await this.#hand.stop();
    return took;
  }

  /** A deployment of a new commit with the same dependencies, while the version before runs: accepted until its own first line is at the socket. */
  async build(): Promise<number> {
    const version = await this.#push();
    return await this.#deploy({ reuseArtifact: false, firstLine: `version ${version}` });
  }

  async buildByHand(): Promise<number> {
    const { platform } = await this.#bench.product();
    await this.#push();
    return await this.#hand.build(async () => {
      const address = `${platform.sandboxUrl}/api/v3/repos/${repository}/tarball/main`;
      const { headers } = await fetch(address, { redirect: 'manual' });
      return headers.get('location') ?? address;
    });
  }

  /** Both run. */
  async resume(): Promise<void> {
    const { customer } = await this.#bench.product();
    await customer.act(this.#instanceId, 'resume');
    await customer.until(this.#instanceId, 'running', runningWithinMs);
    await this.#hand.start();
  }

  /** Neither runs any more. */
  async stop(): Promise<void> {
    await this.#pause();
    await this.#hand.stop();
  }

  async #push(): Promise<number> {
    const { platform } = await this.#bench.product();
    await pushVersion(`${platform.directory}/sandbox`, repository, ++this.#version);
    return this.#version;
  }

  async #deploy({ reuseArtifact, firstLine }: { reuseArtifact: boolean; firstLine: string }): Promise<number> {
    const { customer } = await this.#bench.product();
    const instanceId = this.#instanceId;
    const socket = await customer.socket();
    await socket.emitWithAck('logs.watch', { stream: { kind: 'run', instanceId }, after: null, tail: 0 });
    const arrived = new Promise<number>((resolve) => {
      socket.on('logs.lines', (event: ServerEventPayload<'logs.lines'>) => {
        if (event.lines.some(({ text }) => text.startsWith(firstLine))) resolve(performance.now());
      });
    });
    accepted(
      await customer.api.POST('/v1/instances/{instanceId}/deployments', {
        params: { path: { instanceId } },
        body: { commitSha: null, reuseArtifact },
      }),
    );
    const from = performance.now();
    const took = (await arrived) - from;
    socket.disconnect();
    await customer.until(instanceId, 'running', runningWithinMs);
    return took;
  }

  async #pause(): Promise<void> {
    const { customer } = await this.#bench.product();
    await customer.act(this.#instanceId, 'pause');
    await customer.until(this.#instanceId, 'paused');
  }
}

/** The next Job in the builds' namespace, as the engine made it. */
async function firstJob({ bare, prefix }: ClusterBench): Promise<V1Job> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(runningWithinMs)]);
  try {
    for await (const { object } of bare.watch<V1Job>('Job', { namespace: `${prefix}-builds`, signal })) return object;
    throw new Error('The engine made no Job');
  } finally {
    over.abort();
  }
}

const prepared = new WeakMap<ClusterBench, Promise<Deployments>>();

function prepare(bench: ClusterBench): Promise<Deployments> {
  const known = prepared.get(bench) ?? Deployments.prepare(bench);
  prepared.set(bench, known);
  return known;
}

/** Both in turn; the first pair is not counted: it fills caches. */
async function inTurn(pairs: number, byHand: () => Promise<number>, throughZarpa: () => Promise<number>) {
  const [floor, ours]: [number[], number[]] = [[], []];
  for (let pair = 0; pair <= pairs; pair++) {
    const [hand, zarpa] = [await byHand(), await throughZarpa()];
    console.error(`  by hand ${milliseconds(hand)}, Zarpa ${milliseconds(zarpa)}${pair === 0 ? ' (not counted)' : ''}`);
    if (pair === 0) continue;
    floor.push(hand);
    ours.push(zarpa);
  }
  return { floor: median(floor), ours: median(ours), ratio: median(ours) / median(floor) };
}

/** V1: image present, volume there. */
export async function measureStart(bench: ClusterBench): Promise<Row[]> {
  const deployments = await prepare(bench);
  const { floor, ours, ratio } = await inTurn(
    startPairs,
    () => deployments.startByHand(),
    () => deployments.start(),
  );
  return [
    {
      what: `V1: deploy accepted -> first log line at the socket, image present (median of ${startPairs})`,
      measured: milliseconds(ours),
      floor: `${milliseconds(floor)} (the same manifests applied by a bare client -> first line of a bare follow)`,
      ratio: times(ratio),
      goal: '<= 1.10x',
      met: ratio <= 1.1,
    },
  ];
}

/** V2: a new commit, its dependencies in the registry's cache. */
export async function measureBuild(bench: ClusterBench): Promise<Row[]> {
  const deployments = await prepare(bench);
  await deployments.resume();
  const { floor, ours, ratio } = await inTurn(
    buildPairs,
    () => deployments.buildByHand(),
    () => deployments.build(),
  );
  await deployments.stop();
  return [
    {
      what: `V2: new commit deployed -> its first log line at the socket, dependencies cached (median of ${buildPairs})`,
      measured: milliseconds(ours),
      floor: `${milliseconds(floor)} (the same build Job, then the same manifests and the old pod deleted, by a bare client -> first line)`,
      ratio: times(ratio),
      goal: '<= 1.15x',
      met: ratio <= 1.15,
    },
  ];
}
