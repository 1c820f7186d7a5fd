import type { Files } from '../../../contract/source-server.ts';

export interface Question {
  readonly targets: readonly (readonly [name: string, host: string, port: number])[];
  /** Names of those that should answer, in the same order. */
  readonly wanted: readonly string[];
}

/** What a bot found when it tried what it may not do. */
export interface Findings {
  readonly reached: readonly string[];
  readonly resolved: readonly string[];
  readonly secretFiles: readonly string[];
  /** Outermost first; what is in them is not told. */
  readonly writable: readonly string[];
  readonly ids: { readonly user: number; readonly group: number; readonly bySetuidProgram: string };
  readonly becomingRoot: string;
  readonly status: Readonly<Record<string, string>>;
}

/**
 * One image for several bots, by the variable `MODE`: `probe` tries all that it can and prints its `Findings`, `listen` waits for connections,
 * `greedy` takes memory, `calm` does nothing. Asks to be root, and brings a program that makes its user root.
 */
export function prisonerBot(): Files {
  return {
    Dockerfile: `FROM node:24-bookworm-slim
RUN cp /usr/bin/id /id-of-root && chmod 4755 /id-of-root
COPY . /app
USER root
WORKDIR /app
CMD ["node", "bot.mjs"]
`,
    'bot.mjs': `import { probe } from './probe.mjs';
import net from 'node:net';
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 60_000);
const modes = {
  calm: () => console.log('calm'),
  listen: () => net.createServer().listen(8080, () => console.log('listens')),
  probe: async () => console.log(JSON.stringify(await probe(JSON.parse(process.env.QUESTION)))),
  greedy: () => {
    const taken = [];
    console.log('hungry');
    const timer = setInterval(() => {
      taken.push(Buffer.alloc(16 * 1024 * 1024, 1));
      if (taken.length < 64) return;
      console.log('was given a gigabyte');
      clearInterval(timer);
    }, 20);
  },
};
await modes[process.env.MODE]();
`,
    'probe.mjs': probeSource,
  };
}

/** Policies may take hold a moment after a pod has started: it tries until the answers are as wanted three times in a row, and tells the last ones. */
export const reachSource = `
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
const connects = (host, port) => new Promise((resolve) => {
  const socket = net.connect({ host, port, timeout: 2500 });
  const end = (answer) => () => { socket.destroy(); resolve(answer); };
  socket.on('connect', end(true)).on('timeout', end(false)).on('error', end(false));
});
export async function reach({ targets, wanted }) {
  let reached = [];
  for (let good = 0, round = 0; good < 3 && round < 60; round++) {
    const answers = await Promise.all(targets.map(([, host, port]) => connects(host, port)));
    reached = targets.filter((_, index) => answers[index]).map(([name]) => name);
    good = reached.join() === wanted.join() ? good + 1 : 0;
    await delay(500);
  }
  return reached;
}
`;

const probeSource = `${reachSource}
import { execFileSync } from 'node:child_process';
import dns from 'node:dns/promises';
import { accessSync, constants, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export async function probe(question) {
  const reached = await reach(question);
  return {
    reached,
    resolved: await dns.resolve4('kubernetes.default.svc.cluster.local').catch((error) => [error.code]),
    secretFiles: [...files('/var/run/secrets'), ...files('/run/secrets')],
    writable: writableIn('/'),
    ids: { user: process.geteuid(), group: process.getegid(), bySetuidProgram: idOfRoot() },
    becomingRoot: becomeRoot(),
    status: status(),
  };
}

const idOfRoot = () => {
  try { return execFileSync('/id-of-root', ['-u'], { encoding: 'utf8' }).trim(); } catch (error) { return error.code; }
};
const becomeRoot = () => {
  try { process.setuid(0); return 'became root'; } catch (error) { return error.code; }
};
const status = () => Object.fromEntries(
  readFileSync('/proc/self/status', 'utf8').split('\\n').map((line) => line.split(':\\t'))
    .filter(([name]) => ['NoNewPrivs', 'CapEff', 'CapPrm', 'CapBnd', 'Seccomp'].includes(name)),
);
function entries(folder) {
  try { return readdirSync(folder); } catch { return []; }
}
function files(folder) {
  return entries(folder).map((name) => join(folder, name))
    .flatMap((path) => lstatSync(path).isDirectory() ? files(path) : [path]);
}
function writableIn(folder) {
  return entries(folder).flatMap((name) => {
    const path = join(folder, name);
    if (path === '/proc') return writableIn('/proc/sys');
    let stat;
    try { stat = lstatSync(path); } catch { return []; }
    if (!stat.isDirectory() && !stat.isFile()) return [];
    try { accessSync(path, constants.W_OK); return [path]; } catch { return stat.isDirectory() ? writableIn(path) : []; }
  });
}
`;
