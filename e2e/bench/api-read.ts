import { freePort, waitFor } from '@zarpa/testing';
import autocannon from 'autocannon';
import { execa } from 'execa';
import { addRepository } from '../src/platform/repository.ts';
import { type Bench, milliseconds, type Row, times } from './measurement.ts';
import { median } from './statistics.ts';

const concurrency = 200;
const seconds = 5;
const pairs = 3;

async function load(url: string, cookie: string): Promise<{ p99: number; perSecond: number }> {
  const result = await autocannon({ url, connections: concurrency, duration: seconds, headers: { cookie } });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return { p99: result.latency.p99, perSecond: result.requests.average };
}

/** Our route and the bare one in turn, so that a slow moment of the machine meets both. */
export async function measureApiRead({ platform, customer }: Bench): Promise<Row[]> {
  await addRepository(`${platform.directory}/sandbox`, 'teste/bot-quieto', {
    'package.json': JSON.stringify({ name: 'bot-quieto', version: '1.0.0', scripts: { start: 'node index.js' } }),
    'index.js': 'setInterval(() => {}, 1000);',
  });
  const { instanceId } = await customer.createInstance({ name: 'Quieto', repository: 'teste/bot-quieto' });
  await customer.until(instanceId, 'running');

  const port = await freePort();
  const bare = execa(process.execPath, [new URL('./bare-nest.ts', import.meta.url).pathname], {
    env: { PORT: String(port), DATABASE_URL: platform.databaseUrl, NODE_ENV: 'production' },
    reject: false,
  });
  const bareUrl = `http://127.0.0.1:${port}/bare/${instanceId}`;
  await waitFor(async () => (await fetch(bareUrl)).ok, { timeoutMs: 15_000, describe: 'the bare Nest route answers' });

  const ours: { p99: number; perSecond: number }[] = [];
  const floor: { p99: number; perSecond: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    floor.push(await load(bareUrl, customer.cookie));
    ours.push(await load(`${platform.apiUrl}/v1/instances/${instanceId}`, customer.cookie));
  }
  bare.kill();
  await bare;
  await customer.delete(instanceId);

  const [p99, floorP99] = [median(ours.map((run) => run.p99)), median(floor.map((run) => run.p99))];
  const rate = (runs: { perSecond: number }[]) => `${Math.round(median(runs.map((run) => run.perSecond)))}/s`;
  return [
    {
      what: `API read of one instance, p99 under ${concurrency} concurrent`,
      measured: `${milliseconds(p99)} at ${rate(ours)}`,
      floor: `${milliseconds(floorP99)} at ${rate(floor)} (bare Nest route, one query)`,
      ratio: times(p99 / floorP99),
      goal: '<= 1.5x',
      met: p99 / floorP99 <= 1.5,
    },
  ];
}
