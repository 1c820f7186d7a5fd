import { expect, it } from 'vitest';
import { crashingBot, steadyBot } from './bots.ts';
import type { WorldOf } from './describe-engine-contract.ts';

export function logCases(world: WorldOf): void {
  it('keeps both outputs of a bot between its start and its end', async () => {
    const instance = world().newInstance();
    const { deploymentId } = await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    await instance.send({ state: 'paused' });
    await instance.until('it paused', ({ state }) => state === 'paused');
    const records = await world().worker.runLog(instance.id);
    expect(records.map(({ kind }) => kind)).toEqual(['started', 'line', 'line', 'exited']);
    // Between two outputs of a process there is no order.
    const lines = records.filter(({ kind }) => kind === 'line').map(({ text }) => text);
    expect(lines.toSorted()).toEqual(['and errors too', 'version v greets nobody']);
    expect(records.at(0)?.data).toMatchObject({ deploymentId });
    expect(records.at(-1)?.data).toMatchObject({ deploymentId, code: 'stopped', exitCode: '0' });
  });

  it('keeps the tail before a crash together with the exit code', async () => {
    const instance = world().newInstance();
    await instance.deploy(crashingBot({ afterMs: 50, exitCode: 7 }));
    await instance.until('it waits', ({ state }) => state === 'backoff');
    const records = await instance.untilRecords(4);
    const firstRun = records.slice(0, 4).map(({ text }) => text);
    expect([firstRun.at(0), firstRun.at(-1)]).toEqual(['Started', 'Ended with exit code 7']);
    expect(firstRun.slice(1, 3).toSorted()).toEqual(['about to fail', 'last words']);
    expect(records[3]?.data).toMatchObject({ code: 'crashed', exitCode: '7' });
    await instance.send({ state: 'paused' });
  });

  it('gives every record the same position and a sensible time under the next worker', async () => {
    const instance = world().newInstance();
    const before = Date.now();
    await instance.running(steadyBot('v'));
    const records = await world().worker.runLog(instance.id);
    await world().replaceWorker();
    const again = await world().worker.runLog(instance.id);
    expect(again.map(({ position, text }) => ({ position, text }))).toEqual(
      records.map(({ position, text }) => ({ position, text })),
    );
    for (const { at } of again) {
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
    }
  });

  it('samples the memory and the processor time of a bot', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    const look = async () => {
      const taken = new Map(await world().worker.sample()).get(instance.id);
      return taken !== undefined && taken.cpuMillis > 0 ? taken : null;
    };
    const sample = await world().waitUntil('it is sampled', 20_000, look, () => instance.observed);
    expect(sample.memoryBytes).toBeGreaterThan(10 * 1_048_576);
    expect(sample.memoryLimitBytes).toBe(256 * 1_048_576);
    expect(sample.uptimeMs).toBeGreaterThan(0);
  });
}
