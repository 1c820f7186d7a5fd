import { expect, it } from 'vitest';
import { buildingBot, steadyBot, stubbornBot } from './bots.ts';
import type { WorldOf } from './describe-engine-contract.ts';

export function lifecycleCases(world: WorldOf): void {
  it.concurrent('pauses politely and resumes with the same data', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    await instance.send({ state: 'paused' });
    const paused = await instance.until('it paused', ({ state }) => state === 'paused');
    expect(paused).toMatchObject({ settled: true, startedAt: null, reason: { code: 'paused_by_owner' } });
    expect(await instance.data('goodbyes')).toBe('v\n');
    await instance.send({ state: 'running' });
    await instance.until('it runs again', ({ state, settled }) => state === 'running' && settled);
    expect(await instance.dataAsLongAs('starts', 'v\nv\n')).toBe('v\nv\n');
    expect(await instance.overlaps()).toBe('');
  });

  it.concurrent('finishes a build while paused, and starts its version when resumed', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy(buildingBot('built', 'setTimeout(() => {}, 500)'));
    await instance.send({ state: 'paused' });
    const progress = await instance.untilDeployment(deployment, ({ status }) => status === 'succeeded');
    expect(progress.steps.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done', 'skipped', 'skipped']);
    await instance.until('it is settled', ({ state, settled }) => state === 'paused' && settled);
    expect(await instance.data('starts')).toBeNull();
    await instance.send({ state: 'running' });
    await instance.untilData('starts', (content) => content === 'built\n');
  });

  it.concurrent('restarts once for each restart that the owner asks for', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    await instance.send({ restartRevision: 1 });
    await instance.until('it restarted', ({ state, settled }) => state === 'running' && settled);
    await instance.resend();
    await instance.resend();
    expect(await instance.dataAsLongAs('starts', 'v\nv\n')).toBe('v\nv\n');
    expect(instance.observed?.restarts).toBe(0);
    expect(await instance.overlaps()).toBe('');
  });

  it.concurrent('upgrades the memory limit', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    const { limits } = instance.desired;
    await instance.send({ limits: { ...limits, memoryMb: 512 } });
    const observed = await instance.until('it has more memory', ({ settled }) => settled);
    expect(observed).toMatchObject({ state: 'running', memoryLimitMb: 512 });
  });

  it.concurrent('stops a deleted bot, keeps its data, and restores it', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    await instance.send({ state: 'deleted' });
    const deleted = await instance.until('it is deleted', ({ state }) => state === 'deleted');
    expect(deleted).toMatchObject({ settled: true, reason: { code: 'deleted_by_owner' } });
    expect(await instance.data('goodbyes')).toBe('v\n');
    await instance.send({ state: 'running' });
    await instance.until('it runs again', ({ state, settled }) => state === 'running' && settled);
    expect(await instance.dataAsLongAs('starts', 'v\nv\n')).toBe('v\nv\n');
  });

  it.concurrent('keeps data and version of a bot that is deleted without a deployment, and of how long it has been', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    const { deployment, limits } = instance.desired;
    await instance.send({ state: 'deleted', deployment: null, limits: { ...limits, cpuMillis: 1, storageMb: 1 } });
    const deleted = await instance.until('it is deleted', ({ state, settled }) => state === 'deleted' && settled);
    await instance.resend();
    const told = (await world().worker.inventory()).map(({ observed }) => observed);
    expect(told.find(({ instanceId }) => instanceId === instance.id)).toEqual(deleted);
    expect(await instance.data('goodbyes')).toBe('v\n');
    await instance.send({ state: 'running', deployment, limits });
    await instance.until('it runs again', ({ state, settled }) => state === 'running' && settled);
    expect(await instance.dataAsLongAs('starts', 'v\nv\n')).toBe('v\nv\n');
  });

  it.concurrent('cancels the build of a deleted instance', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy(buildingBot('v', 'setTimeout(() => {}, 60_000)'));
    await instance.untilDeployment(deployment, ({ steps }) => steps[2]?.status === 'running');
    await instance.send({ state: 'deleted' });
    const progress = await instance.untilDeployment(deployment, ({ status }) => status === 'cancelled');
    expect(progress.reason?.code).toBe('instance_deleted');
    await instance.until('it is deleted', ({ state, settled }) => state === 'deleted' && settled);
  });

  it.concurrent('purges everything, and no late command brings it back', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('v'));
    await instance.untilData('starts', (content) => content === 'v\n');
    const late = instance.desired;
    await instance.send({ state: 'purged' });
    const purged = await instance.until('it is purged', ({ state }) => state === 'purged');
    expect(purged.settled).toBe(true);
    await instance.untilNoData('starts');
    await world().worker.reconcile(late);
    await instance.resend();
    expect(instance.observed?.state).toBe('purged');
    expect((await world().worker.inventory()).map(({ observed }) => observed.instanceId)).not.toContain(instance.id);
    expect(await instance.data('starts')).toBeNull();
  });

  it.concurrent('answers a purge of an instance that it never saw', async () => {
    const instance = world().newInstance();
    await instance.send({ state: 'purged' });
    await instance.until('it is purged', ({ state, settled }) => state === 'purged' && settled);
  });

  it.concurrent('kills what does not stop in time, also what left its session', async () => {
    const instance = world().newInstance();
    await instance.running(stubbornBot());
    const stopAskedAt = Date.now();
    await instance.send({ state: 'paused' });
    await instance.until('it paused', ({ state }) => state === 'paused');
    expect(Date.now() - stopAskedAt).toBeGreaterThanOrEqual(world().harness.timings.stopGraceMs);
    await instance.send({ state: 'running' });
    await instance.until('it runs again', ({ state, settled }) => state === 'running' && settled);
    expect(await instance.overlaps()).toBe('');
  });

  it.concurrent('never two copies of a bot: each deployment and restart waits for the one before to be gone', async () => {
    const instance = world().newInstance();
    await instance.running(steadyBot('0', { goodbyeMs: 400 }));
    for (let change = 1; change <= 6; change++) {
      if (change % 2 === 0) await instance.send({ restartRevision: change });
      else await instance.running(steadyBot(String(change), { goodbyeMs: 400 }));
    }
    await instance.until('it runs', ({ state, settled }) => state === 'running' && settled);
    expect(await instance.overlaps()).toBe('');
  });
}
