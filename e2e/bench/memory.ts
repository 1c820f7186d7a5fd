import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, Row } from './measurement.ts';

const idleMs = 20_000;

/** Proportional set size of a process and its descendants, in MiB: shared pages counted once. */
async function proportionalMiB(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const own = Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) / 1024;
  const tasks = await readdir(`/proc/${pid}/task`);
  const children = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')));
  const pids = children.join(' ').split(/\s+/).filter(Boolean).map(Number);
  const below = await Promise.all(pids.map(proportionalMiB));
  return below.reduce((sum, each) => sum + each, own);
}

/** Taken before anything else is measured, with no bot running. */
export async function measureIdleMemory({ platform }: Bench): Promise<Row[]> {
  await delay(idleMs);
  const parts = await Promise.all(
    [platform.api, ...platform.workers, platform.web].map(async (app) => ({
      name: app.name,
      mib: await proportionalMiB(app.pid),
    })),
  );
  const total = parts.reduce((sum, part) => sum + part.mib, 0);
  return [
    {
      what: `idle memory (${parts.map((part) => `${part.name} ${Math.round(part.mib)}`).join(', ')} MiB)`,
      measured: `${Math.round(total)} MiB`,
      floor: '',
      ratio: '',
      goal: '<= 400 MiB',
      met: total <= 400,
    },
  ];
}
