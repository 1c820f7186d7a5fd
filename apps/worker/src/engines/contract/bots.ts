import type { Files } from './source-server.ts';

export const manifest = (name: string, scripts: Record<string, string> = {}): string =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', scripts: { start: 'node index.js', ...scripts } });

/** In `DATA_DIR/overlaps`: a line whenever two copies of a bot were alive at the same time. */
export const overlapGuard = (lookMs = 10): string => `
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
process.chdir(process.env.DATA_DIR);
const me = process.pid + ':' + process.env.ZARPA_RUN_ID;
const report = (what) => appendFileSync('overlaps', me + ' ' + what + '\\n');
const other = net.connect('alive.sock');
other.on('connect', () => { report('found another alive'); other.destroy(); claim(); });
other.on('error', claim);
let claimed = false;
function claim() {
  if (claimed) return;
  claimed = true;
  rmSync('alive.sock', { force: true });
  net.createServer((socket) => socket.destroy()).listen('alive.sock');
  writeFileSync('owner', me);
  setInterval(() => { if (readFileSync('owner', 'utf8') !== me) report('was replaced while alive'); }, ${lookMs});
}
`;

/** Counts its starts, prints what it was given, and takes a while to say goodbye. */
export function steadyBot(version: string, options: { goodbyeMs?: number } = {}): Files {
  return {
    'package.json': manifest('steady'),
    'index.js': `${overlapGuard()}
process.on('SIGTERM', () => {
  appendFileSync('goodbyes', '${version}\\n');
  setTimeout(() => process.exit(0), ${options.goodbyeMs ?? 20});
});
appendFileSync('starts', '${version}\\n');
console.log('version ${version} greets ' + (process.env.GREETING ?? 'nobody'));
console.error('and errors too');
`,
  };
}

/** Ignores being asked to stop, and leaves a process behind that left its session. */
export function stubbornBot(): Files {
  return {
    'package.json': manifest('stubborn'),
    'index.js': `${overlapGuard()}
import { spawn } from 'node:child_process';
process.on('SIGTERM', () => console.log('no'));
const child = spawn('sh', ['-c', 'trap "" TERM; echo straggler >> stragglers; while :; do sleep 0.1; done'], { detached: true, stdio: 'ignore' });
writeFileSync('straggler-pid', String(child.pid));
console.log('stubborn');
`,
  };
}

/** Lives for so long, then ends with the code. */
export function crashingBot(options: { afterMs: number; exitCode: number }): Files {
  return {
    'package.json': manifest('crashing'),
    'index.js': `${overlapGuard()}
appendFileSync('starts', 'x\\n');
console.log('about to fail');
setTimeout(() => { console.error('last words'); process.exit(${options.exitCode}); }, ${options.afterMs});
`,
  };
}

/** Crashes once it has run for a while, and runs well from its second start on. */
export function crashingOnceBot(afterMs: number): Files {
  return {
    'package.json': manifest('once'),
    'index.js': `${overlapGuard()}
appendFileSync('starts', 'x\\n');
const first = readFileSync('starts', 'utf8').length === 2;
console.log(first ? 'first' : 'second');
if (first) setTimeout(() => process.exit(3), ${afterMs});
`,
  };
}

/** Takes more memory than any small plan gives, outside of Node's own heap. */
export function greedyBot(afterMs: number): Files {
  return {
    'package.json': manifest('greedy'),
    'index.js': `${overlapGuard()}
const taken = [];
console.log('hungry');
setTimeout(() => setInterval(() => taken.push(Buffer.alloc(16 * 1024 * 1024, 1)), 20), ${afterMs});
`,
  };
}

/** Its build step prints, then fails or takes its time. */
export function buildingBot(version: string, build: string): Files {
  return { ...steadyBot(version), 'package.json': manifest('building', { build: 'node build.js' }), 'build.js': build };
}
