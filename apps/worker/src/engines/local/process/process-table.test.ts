import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { botProcessesOf, buildProcesses, membersOf, memoryOf, signalAll } from './members.ts';
import { isAlive, ProcessTable } from './process-table.ts';

const started: number[] = [];

afterEach(() => {
  for (const pid of started.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended already.
    }
  }
});

async function start(script: string, marks: { engine: string; instance: string; run: string }): Promise<number> {
  const env = {
    PATH: process.env.PATH,
    ZARPA_ENGINE_ID: marks.engine,
    ZARPA_INSTANCE_ID: marks.instance,
    ZARPA_RUN_ID: marks.run,
  };
  const child = spawn('sh', ['-c', script], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  started.push(pid);
  return pid;
}

const engine = `test-${process.pid}`;

describe('ProcessTable', () => {
  it("finds a run's processes by session, mark and descent, also one that left the session", async () => {
    const pid = await start('setsid sleep 60 & sleep 60 & echo ready; wait', { engine, instance: 'i', run: 'run-1' });
    const table = new ProcessTable(engine);
    const members = membersOf(table.scan(), { runId: 'run-1', pid });
    expect(members.length).toBe(3);
    expect(memoryOf(members)).toBeGreaterThan(0);
    expect(botProcessesOf(table.scan(), 'i', null).length).toBe(3);
    expect(membersOf(new ProcessTable('another').scan(), { runId: 'run-1', pid: null })).toEqual([]);
    signalAll(members, 'SIGKILL');
    await expect.poll(() => membersOf(table.scan(), { runId: 'run-1', pid }).length).toBe(0);
  });

  it('tells builds from bots', async () => {
    await start('echo ready; sleep 60', { engine, instance: 'j', run: 'build-1' });
    const table = new ProcessTable(engine);
    expect(botProcessesOf(table.scan(), 'j', null)).toEqual([]);
    expect(buildProcesses(table.scan()).length).toBeGreaterThan(0);
  });

  it('takes nobody with the same pid for the process that is gone', async () => {
    const pid = await start('echo ready; sleep 60', { engine, instance: 'k', run: 'run-2' });
    const startTicks = new ProcessTable(engine).scan().find((entry) => entry.pid === pid)?.startTicks ?? 0;
    expect(isAlive({ pid, startTicks })).toBe(true);
    expect(isAlive({ pid, startTicks: startTicks - 1 })).toBe(false);
  });
});
