import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerEventPayload } from '@zarpa/contracts';
import { execa } from 'execa';
import { type Bench, milliseconds, type Row, times } from './measurement.ts';
import { median } from './statistics.ts';

const repository = 'zarpa-exemplos/bot-eco-node';
const pairs = 5;

/** Accepted by the API until the bot's first line is at the socket. */
async function throughZarpa({ customer }: Bench): Promise<number> {
  const socket = await customer.socket();
  const arrived = new Promise<number>((resolve) => {
    socket.on('logs.lines', (event: ServerEventPayload<'logs.lines'>) => {
      if (event.lines.some((line) => line.kind === 'line')) resolve(performance.now());
    });
  });
  const { instanceId } = await customer.createInstance({ name: 'Eco', repository });
  const from = performance.now();
  await socket.emitWithAck('logs.watch', { stream: { kind: 'run', instanceId }, after: null, tail: 500 });
  const at = await arrived;
  socket.disconnect();
  await customer.delete(instanceId);
  await customer.until(instanceId, 'deleted');
  return at - from;
}

/** What a person would type: fetch the tarball, unpack, `npm ci`, start; until its first line. */
async function byHand({ platform }: Bench, npmCache: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'zarpa-by-hand-'));
  const from = performance.now();
  const answer = await fetch(`${platform.sandboxUrl}/api/v3/repos/${repository}/tarball/main`);
  await writeFile(join(folder, 'source.tgz'), Buffer.from(await answer.arrayBuffer()));
  await execa('tar', ['-xzf', 'source.tgz', '--strip-components=1'], { cwd: folder });
  await execa('npm', ['ci'], { cwd: folder, env: { npm_config_cache: npmCache } });
  await mkdir(join(folder, 'data'));
  const bot = spawn(process.execPath, ['index.js'], {
    cwd: folder,
    env: { ...process.env, DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: bot.stdout }), 'line');
  const took = performance.now() - from;
  bot.kill();
  await once(bot, 'exit');
  await rm(folder, { recursive: true, force: true });
  return took;
}

/** Both in turn, each with an npm cache that is warm after the first, uncounted pair. */
export async function measureFirstLine(bench: Bench): Promise<Row[]> {
  const npmCache = await mkdtemp(join(tmpdir(), 'zarpa-npm-cache-'));
  const ours: number[] = [];
  const floor: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const [hand, zarpa] = [await byHand(bench, npmCache), await throughZarpa(bench)];
    if (pair === 0) continue;
    floor.push(hand);
    ours.push(zarpa);
  }
  await rm(npmCache, { recursive: true, force: true });
  const ratio = median(ours) / median(floor);
  return [
    {
      what: 'deploy accepted -> first log line at the socket (npm dependencies, warm cache)',
      measured: milliseconds(median(ours)),
      floor: `${milliseconds(median(floor))} (the same steps by hand)`,
      ratio: times(ratio),
      goal: '<= 1.1x',
      met: ratio <= 1.1,
    },
  ];
}
