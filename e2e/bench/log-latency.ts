import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerEventPayload } from '@zarpa/contracts';
import { freePort } from '@zarpa/testing';
import { execa } from 'execa';
import { io } from 'socket.io-client';
import { addRepository } from '../src/platform/repository.ts';
import { type Bench, milliseconds, type Row, times } from './measurement.ts';
import { median, now, percentile } from './statistics.ts';

const bots = 20;
const linesPerSecond = 50;
const warmUpMs = 3_000;
const measureMs = 10_000;

/** Prints the time, `linesPerSecond` times a second, each line when its turn has come. */
const program = `
let sent = 0;
const from = performance.now();
setInterval(() => {
  const due = Math.floor(((performance.now() - from) / 1000) * ${linesPerSecond});
  for (; sent < due; sent++) process.stdout.write('at ' + (performance.timeOrigin + performance.now()) + '\\n');
}, 2);
process.on('SIGTERM', () => process.exit(0));
`;

const sentAt = (text: string): number | undefined => (text.startsWith('at ') ? Number(text.slice(3)) : undefined);

class Latencies {
  readonly values: number[] = [];
  collecting = false;

  take(text: string): void {
    const at = sentAt(text);
    if (this.collecting && at !== undefined) this.values.push(now() - at);
  }

  async collect(): Promise<void> {
    await delay(warmUpMs);
    this.collecting = true;
    await delay(measureMs);
    this.collecting = false;
  }
}

async function throughZarpa({ platform, customer }: Bench): Promise<Latencies> {
  await addRepository(`${platform.directory}/sandbox`, 'teste/bot-falante', {
    'package.json': JSON.stringify({ name: 'bot-falante', version: '1.0.0', scripts: { start: 'node index.js' } }),
    'index.js': program,
  });
  const latencies = new Latencies();
  const socket = await customer.socket();
  socket.on('logs.lines', (event: ServerEventPayload<'logs.lines'>) => {
    for (const line of event.lines) latencies.take(line.text);
  });
  const instances = await Promise.all(
    Array.from({ length: bots }, (_, i) =>
      customer.createInstance({ name: `Falante ${i + 1}`, repository: 'teste/bot-falante' }),
    ),
  );
  await Promise.all(instances.map(({ instanceId }) => customer.until(instanceId, 'running', 180_000)));
  for (const { instanceId } of instances)
    await socket.emitWithAck('logs.watch', { stream: { kind: 'run', instanceId }, after: null, tail: 0 });
  await latencies.collect();
  await Promise.all(instances.map(({ instanceId }) => customer.delete(instanceId)));
  await Promise.all(instances.map(({ instanceId }) => customer.until(instanceId, 'deleted')));
  return latencies;
}

/** The least that it takes: the processes' pipes into one Socket.IO server, and a client of it. */
async function bare(): Promise<Latencies> {
  const port = await freePort();
  const server = execa(process.execPath, [new URL('./bare-socket.ts', import.meta.url).pathname, String(port)], {
    stdin: 'pipe',
    reject: false,
  });
  const latencies = new Latencies();
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: true,
    reconnectionDelay: 100,
  });
  socket.on('lines', (lines: string[]) => {
    for (const line of lines) latencies.take(line);
  });
  const children: ChildProcess[] = Array.from({ length: bots }, () =>
    spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  // Each pipe listens on the one stream that all of them end in.
  server.stdin.setMaxListeners(4 * bots);
  for (const child of children) child.stdout?.pipe(server.stdin, { end: false });
  await latencies.collect();
  for (const child of children) child.kill();
  socket.disconnect();
  server.kill();
  await server;
  return latencies;
}

export async function measureLogLatency(bench: Bench): Promise<Row[]> {
  const floor = await bare();
  const measured = await throughZarpa(bench);
  const row = (name: string, share: number, goalMs: number | null): Row => {
    const ours = percentile(measured.values, share);
    const least = percentile(floor.values, share);
    return {
      what: `log line, process stdout -> browser socket, ${name} (${bots} bots, ${bots * linesPerSecond} lines/s, ${measured.values.length} lines)`,
      measured: milliseconds(ours),
      floor: `${milliseconds(least)} (pipes into a bare Socket.IO server)`,
      ratio: times(ours / least),
      goal: goalMs === null ? '' : `<= ${goalMs} ms`,
      met: goalMs === null ? null : ours <= goalMs,
    };
  };
  if (median(measured.values) <= 0) throw new Error('A line arrived before it was sent: the clocks differ');
  return [row('p50', 0.5, null), row('p99', 0.99, 50)];
}
