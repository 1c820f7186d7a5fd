import { manifest, overlapGuard } from '../../../contract/bots.ts';
import type { ContractInstance, ContractWorld } from '../../../contract/contract-world.ts';
import type { Files } from '../../../contract/source-server.ts';

const lineEveryMs = 300;
const lookForAnotherMs = 100;

/**
 * Prints numbered lines, each process of it under a name of its own, and writes down in its data directory what it has printed.
 * Its version is the variable `BOT_VERSION`. Says goodbye when it is asked to stop, `BOT_FAREWELLS` times.
 */
export function countingBot(): Files {
  return {
    'package.json': manifest('counting'),
    'index.js': `${overlapGuard(lookForAnotherMs)}
import { randomBytes } from 'node:crypto';
const life = process.env.ZARPA_RUN_ID + '/' + randomBytes(4).toString('hex');
const version = process.env.BOT_VERSION ?? 'first';
let number = 0;
function print(what) {
  console.log([life, number, version, what].join(' '));
  appendFileSync('printed', life + ' ' + number + '\\n');
  number += 1;
}
print('hello');
const timer = setInterval(() => print('lives'), ${lineEveryMs});
process.on('SIGTERM', () => {
  clearInterval(timer);
  for (let left = Number(process.env.BOT_FAREWELLS ?? 1); left > 0; left--) print('bye');
  process.exit(0);
});
`,
  };
}

interface CountedLine {
  /** Names one process of the bot. */
  readonly life: string;
  readonly number: number;
  readonly version: string;
  readonly what: 'hello' | 'lives' | 'bye';
}

function parseLine(text: string): CountedLine | null {
  const [life, number, version, what] = text.split(' ');
  if (life === undefined || version === undefined || !/^\d+$/.test(number ?? '')) return null;
  return what === 'hello' || what === 'lives' || what === 'bye'
    ? { life, number: Number(number), version, what }
    : null;
}

/** What is wrong with a log, given all that the bot wrote down as printed: lines lost, doubled, out of order, of two copies at once. */
export function problemsOf(lines: readonly string[], printed: string): string[] {
  const counted = lines.map(parseLine);
  const problems = lines.filter((_, index) => counted[index] === null).map((text) => `A line is strange: ${text}`);
  const lives = new Map<string, number>();
  let present = '';
  for (const line of counted.filter((one) => one !== null)) {
    const { life, number } = line;
    if (life !== present && lives.has(life)) problems.push(`${life} speaks again after ${present} has begun`);
    present = life;
    const expected = lives.get(life) ?? 0;
    if (number !== expected) problems.push(`${life} has line ${number} where ${expected} should be`);
    lives.set(life, Math.max(expected, number + 1));
  }
  return [...problems, ...lostOf(lives, printed)];
}

/** A bot prints first and writes down then: the log may have one line more. */
function lostOf(lives: ReadonlyMap<string, number>, printed: string): string[] {
  const written = new Map<string, number>();
  for (const entry of printed.split('\n').filter((text) => text !== '')) {
    const [life = '', number] = entry.split(' ');
    written.set(life, Number(number) + 1);
  }
  return [...written].flatMap(([life, count]) => {
    const logged = lives.get(life) ?? 0;
    return logged < count ? [`${life} printed ${count} lines, the log has ${logged}`] : [];
  });
}

/** Waits until the log of a bot that does not run is whole. */
export async function wholeLog(world: ContractWorld, instance: ContractInstance): Promise<CountedLine[]> {
  let problems: string[] = [];
  const lines = await world
    .waitUntil(
      'its log is whole',
      15_000,
      async () => {
        const found = await instance.lines();
        problems = problemsOf(found, (await instance.data('printed')) ?? '');
        return problems.length === 0 ? found : null;
      },
      () => ({ instanceId: instance.id, problems: problems.slice(0, 10) }),
    )
    .catch(async (error: unknown) => {
      throw new Error(`${String(error)}\nIts log:\n${await outlineOf(world, instance)}`, { cause: error });
    });
  return lines.map(parseLine).filter((line) => line !== null);
}

/** A log without what is between the first and the last lines of each run. */
async function outlineOf(world: ContractWorld, instance: ContractInstance): Promise<string> {
  const records = await world.worker.runLog(instance.id);
  const isBorder = (index: number) => records[index] !== undefined && records[index].kind !== 'line';
  return records
    .filter((_, index) => [-2, -1, 0, 1].some((by) => isBorder(index + by)) || isBorder(index + 2))
    .map(({ at, kind, text, data }) => `${new Date(at).toISOString()} ${kind} ${text} ${JSON.stringify(data)}`)
    .join('\n');
}
