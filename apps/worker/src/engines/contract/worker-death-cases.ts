import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { buildingBot, steadyBot } from './bots.ts';
import type { ContractInstance } from './contract-world.ts';
import type { WorldOf } from './describe-engine-contract.ts';
import { randomFrom } from './random.ts';

export function workerDeathCases(world: WorldOf): void {
  it('adopts running bots: the next worker finds them as they were, and stops them when asked', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    const before = instance.observed;
    await world().replaceWorker();
    await instance.resend();
    expect(instance.observed).toMatchObject({ state: 'running', settled: true, startedAt: before?.startedAt });
    expect(await instance.dataAsLongAs('starts', 'v\n')).toBe('v\n');
    await instance.send({ state: 'paused' });
    await instance.until('it paused', ({ state }) => state === 'paused');
    expect(await instance.data('goodbyes')).toBe('v\n');
  });

  it('builds again what a dead worker was building', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy(buildingBot('v', 'setTimeout(() => {}, 1500)'));
    await instance.untilDeployment(deployment, ({ steps }) => steps[2]?.status === 'running');
    await world().replaceWorker();
    await instance.untilDeployment(deployment, ({ status }) => status === 'succeeded');
    expect(await instance.dataAsLongAs('starts', 'v\n')).toBe('v\n');
  });

  it('leaves bots running when it closes, or stops them when told, to be started again', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await world().restartWorkerPolitely({ stopBots: false });
    await instance.resend();
    expect(await instance.dataAsLongAs('starts', 'v\n')).toBe('v\n');
    await world().restartWorkerPolitely({ stopBots: true });
    await instance.until('it runs again', ({ state, settled }) => state === 'running' && settled);
    expect(await instance.data('goodbyes')).toBe('v\n');
    expect(await instance.dataAsLongAs('starts', 'v\nv\n')).toBe('v\nv\n');
  });

  it('never two copies of a bot, none lost, with the worker killed at any point', { timeout: 600_000 }, async () => {
    const rounds = world().harness.deathRounds;
    const random = randomFrom(42);
    const instances = [1, 2, 3].map(() => world().newInstance());
    for (const instance of instances) await instance.running(steadyBot('0', { goodbyeMs: 60 }));
    for (let round = 1; round <= rounds; round++) {
      const send = async (instance: ContractInstance) => {
        const choice = random();
        const deployment = await instance.newDeployment(steadyBot(String(round), { goodbyeMs: 60 }));
        if (choice < 0.4) await instance.send({ deployment, state: 'running' });
        else if (choice < 0.8) await instance.send({ restartRevision: round, state: 'running' });
        else await instance.send({ state: 'paused' });
      };
      const sending = Promise.allSettled(instances.map(send));
      await delay(random() * 400);
      await world().replaceWorker();
      await sending;
    }
    for (const instance of instances) {
      await instance.send({ state: 'running' });
      await instance.resend();
      const observed = await instance.until('it converges', ({ state, settled }) => state === 'running' && settled);
      expect(observed.deploymentId).toBe(instance.desired.deployment?.deploymentId);
      expect(await instance.overlaps()).toBe('');
    }
  });
}
