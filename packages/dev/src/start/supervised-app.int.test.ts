import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitUntil } from '../terminal/wait-until.ts';
import { SupervisedApp } from './supervised-app.ts';

const server = `
import { createServer } from 'node:http';
console.log('Listening as ' + process.pid);
createServer((request, response) => response.end(String(process.pid))).listen(process.env.PORT, '127.0.0.1');
`;

let directory = '';
let app: SupervisedApp | undefined;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'zarpa-app-'));
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  rmSync(directory, { recursive: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function supervise(code: string, { stopWithinMs = 5_000 } = {}) {
  const port = await freePort();
  writeFileSync(path.join(directory, 'app.mjs'), code);
  const pids: Array<number | undefined> = [];
  const logPath = path.join(directory, 'app.log');
  app = new SupervisedApp({
    name: 'app',
    facts: { directory, arguments: ['app.mjs'], healthPath: '/', portVariable: 'API_PORT', stopWithinMs },
    port,
    environment: { PORT: String(port) },
    logPath,
    onProcess: (pid) => pids.push(pid),
  });
  const answer = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();
  return { app, pids, logPath, answer };
}

const never = new AbortController().signal;

test('an app that dies is started again, and its lines are in its log', async () => {
  const supervised = await supervise(server);
  await supervised.app.start(never);
  const first = Number(await supervised.answer());
  process.kill(first, 'SIGKILL');
  const second = await waitUntil({
    what: 'the second process',
    timeoutMs: 20_000,
    attempt: async () => {
      const pid = Number(await supervised.answer().catch(() => first));
      return pid === first ? undefined : pid;
    },
  });
  expect(supervised.pids).toEqual([first, undefined, second]);
  expect(readFileSync(supervised.logPath, 'utf8')).toBe(`Listening as ${first}\nListening as ${second}\n`);
});

test('an app that ends before it is ready fails the start, with the end of its log', async () => {
  const supervised = await supervise(`console.error('no such setting'); process.exit(3);`);
  await expect(supervised.app.start(never)).rejects.toThrow(/exit code 3.*no such setting/s);
});

test('an app that ignores SIGTERM is killed after its time, and stays down', async () => {
  const supervised = await supervise(`process.on('SIGTERM', () => {});\n${server}`, { stopWithinMs: 300 });
  await supervised.app.start(never);
  const pid = Number(await supervised.answer());
  await supervised.app.stop();
  expect(supervised.pids).toEqual([pid, undefined]);
  await expect(supervised.answer()).rejects.toThrow();
});

test('a stop while an app is still starting ends the start', async () => {
  const supervised = await supervise('setInterval(() => {}, 1_000);');
  const controller = new AbortController();
  const started = supervised.app.start(controller.signal);
  controller.abort();
  await expect(started).rejects.toThrow();
  await supervised.app.stop();
  expect(supervised.pids.at(-1)).toBeUndefined();
});
