import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Row } from '../measurement.ts';
import type { ClusterBench } from './cluster-bench.ts';

const follows = 5_000;
const goalMiB = 60;
/** What V8 takes where the chart gives the worker 768 MiB. */
const heapMiB = 384;
const worker = fileURLToPath(new URL('../../../apps/worker/', import.meta.url));

interface Result {
  readonly follows: number;
  readonly idleMiB: number;
  readonly followingMiB: number;
  /** After a collection, over idle. */
  readonly heldMiB: number;
  readonly linesPerSecond: number;
  readonly cpuShare: number;
}

/** V4: needs no cluster. The worker's own code, before a stand-in for the API server's log endpoint in a process of its own. */
export async function measureFollows(_bench: ClusterBench): Promise<Row[]> {
  const flags = ['--expose-gc', `--max-old-space-size=${heapMiB}`];
  const program = ['bench/follows.ts', String(follows)];
  const { stdout } = await execa(process.execPath, [...flags, ...program], { cwd: worker, stderr: 'inherit' });
  const result = JSON.parse(stdout) as Result;
  const more = result.followingMiB - result.idleMiB;
  const load = `${Math.round(result.linesPerSecond)} lines/s in all, ${Math.round(result.cpuShare * 100)} % of a core`;
  return [
    {
      what: `V4: memory of ${result.follows} followed logs on one worker (HTTP/2 stand-in for the log endpoint; ${load})`,
      measured: `${Math.round(more)} MiB resident over idle, ${Math.round(result.heldMiB)} MiB of it in use`,
      floor: `${Math.round(result.idleMiB)} MiB (the same bots known, none followed)`,
      ratio: '',
      goal: `<= ${goalMiB} MiB`,
      met: more <= goalMiB,
    },
  ];
}
