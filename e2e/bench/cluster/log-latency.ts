import { setTimeout as delay } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import type { ServerEventPayload } from '@zarpa/contracts';
import { addRepository } from '../../src/platform/repository.ts';
import { milliseconds, type Row, times } from '../measurement.ts';
import { now, percentile } from '../statistics.ts';
import type { ClusterBench } from './cluster-bench.ts';
import { botContainer } from './pods.ts';

const repository = 'teste/bot-prolixo';
const bots = 4;
const linesPerSecond = 250;
const warmUpMs = 5_000;
const measureMs = 15_000;
const runningWithinMs = 400_000;

/** Prints the time, `linesPerSecond` times a second, each line when its turn has come. */
const program = `
let sent = 0;
const from = performance.now();
setInterval(() => {
  const due = Math.floor(((performance.now() - from) / 1000) * ${linesPerSecond});
  for (; sent < due; sent++) console.log('at ' + (performance.timeOrigin + performance.now()) + ' ' + sent);
}, 2);
process.on('SIGTERM', () => process.exit(0));
`;

/** When each line came, by its text. */
class Arrivals {
  readonly #at = new Map<string, number>();
  #open = false;

  take(text: string): void {
    if (this.#open && text.startsWith('at ')) this.#at.set(text, now());
  }

  /** Of the lines that the others have too. */
  latencies(others: Arrivals): number[] {
    return [...this.#at].flatMap(([text, at]) => (others.#at.has(text) ? [at - Number(text.split(' ')[1])] : []));
  }

  static async collect(all: readonly Arrivals[]): Promise<void> {
    await delay(warmUpMs);
    for (const one of all) one.#open = true;
    await delay(measureMs);
    for (const one of all) one.#open = false;
  }
}

async function startBots(bench: ClusterBench): Promise<string[]> {
  const { platform, customer } = await bench.product();
  await addRepository(`${platform.directory}/sandbox`, repository, {
    'package.json': JSON.stringify({ name: 'bot-prolixo', version: '1.0.0', scripts: { start: 'node index.js' } }),
    'index.js': program,
  });
  const created = Array.from({ length: bots }, (_, index) =>
    customer.createInstance({ name: `Prolixo ${index + 1}`, repository }),
  );
  const ids = (await Promise.all(created)).map(({ instanceId }) => instanceId);
  await Promise.all(ids.map((id) => customer.until(id, 'running', runningWithinMs)));
  return ids;
}

async function bareFollow({ bare }: ClusterBench, pod: V1Pod, arrivals: Arrivals, signal: AbortSignal): Promise<void> {
  const { namespace = '', name = '' } = pod.metadata ?? {};
  for await (const line of bare.followLog({ namespace, name }, { container: botContainer, sinceSeconds: '1' }, signal))
    arrivals.take(line.slice(line.indexOf(' ') + 1));
}

/** V3: the same lines at the same time, through the platform and by a bare follow of the same pods. */
export async function measureLogLatency(bench: ClusterBench): Promise<Row[]> {
  const { customer } = await bench.product();
  const ids = await startBots(bench);
  const [ours, bare] = [new Arrivals(), new Arrivals()];
  const socket = await customer.socket();
  socket.on('logs.lines', ({ lines }: ServerEventPayload<'logs.lines'>) => {
    for (const { text } of lines) ours.take(text);
  });
  for (const instanceId of ids)
    await socket.emitWithAck('logs.watch', { stream: { kind: 'run', instanceId }, after: null, tail: 0 });
  const over = new AbortController();
  const pods = await bench.bare.list<V1Pod>('Pod', `${bench.prefix}-bots-00`, {
    labelSelector: `zarpa.dev/instance in (${ids.join(',')})`,
  });
  const follows = pods.map((pod) => bareFollow(bench, pod, bare, over.signal));
  await Arrivals.collect([ours, bare]);
  over.abort();
  await Promise.all(follows);
  socket.disconnect();
  await Promise.all(ids.map((instanceId) => customer.delete(instanceId)));
  await Promise.all(ids.map((instanceId) => customer.until(instanceId, 'deleted')));
  return rowsOf(ours.latencies(bare), bare.latencies(ours));
}

function rowsOf(measured: readonly number[], floor: readonly number[]): Row[] {
  if (floor.some((latencyMs) => latencyMs <= 0))
    throw new Error('A line arrived before it was sent: the clocks differ');
  const what = `V3: log line, pod -> browser socket (${bots} bots, ${bots * linesPerSecond} lines/s, ${measured.length} lines)`;
  const row = (name: string, share: number): Row => {
    const [ours, least] = [percentile(measured, share), percentile(floor, share)];
    const isTail = share === 0.99;
    return {
      what: `${what}, ${name}`,
      measured: milliseconds(ours),
      floor: `${milliseconds(least)} (a bare follow of the same pods, of the same lines)`,
      ratio: times(ours / least),
      goal: isTail ? '<= 50 ms and <= 1.5x' : '<= 1.5x',
      met: ours / least <= 1.5 && (!isTail || ours <= 50),
    };
  };
  return [row('p50', 0.5), row('p99', 0.99)];
}
