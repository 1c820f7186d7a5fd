import { expect, it } from 'vitest';
import { crashingBot, crashingOnceBot, greedyBot } from './bots.ts';
import type { WorldOf } from './describe-engine-contract.ts';

export function crashCases(world: WorldOf): void {
  it.concurrent('starts a crashed bot again, with the exit code kept and the crash counted', async () => {
    const instance = world().newInstance();
    const { stableAfterMs } = world().harness.timings;
    const deployment = await instance.deploy(crashingOnceBot(stableAfterMs + 300));
    await instance.untilDeployment(deployment, ({ status }) => status === 'succeeded');
    const observed = await instance.until(
      'it runs again',
      ({ state, restarts }) => state === 'running' && restarts === 1,
    );
    expect(observed).toMatchObject({ exitCode: 3, settled: true });
    expect(await instance.untilLines(2)).toEqual(['first', 'second']);
  });

  it.concurrent('says why and when it starts a crashed bot again', async () => {
    const instance = world().newInstance();
    await instance.deploy(crashingBot({ afterMs: 0, exitCode: 4 }));
    const observed = await instance.until('it waits', ({ state }) => state === 'backoff');
    expect(observed).toMatchObject({ exitCode: 4, reason: { code: 'crashed', params: { exitCode: '4' } } });
    expect(observed.nextStartAt).toBeGreaterThan(0);
  });

  it.concurrent('stops a bot in a crash loop with a reason, until its owner changes something', async () => {
    const instance = world().newInstance();
    const { maxCrashes } = world().harness.crashPolicy;
    await instance.deploy(crashingBot({ afterMs: 0, exitCode: 5 }));
    const observed = await instance.until('it gave up', ({ state }) => state === 'stopped', 40_000);
    expect(observed).toMatchObject({
      settled: true,
      exitCode: 5,
      reason: { code: 'crash_loop', params: { count: String(maxCrashes) } },
    });
    const starts = await instance.data('starts');
    expect(starts).toHaveLength(2 * maxCrashes);
    await instance.resend();
    expect(await instance.data('starts')).toBe(starts);
    await instance.send({ restartRevision: 1 });
    await instance.untilData('starts', (content) => content.length > 2 * maxCrashes);
  });

  it.concurrent('starts a bot again that ended by itself without an error', async () => {
    const instance = world().newInstance();
    await instance.deploy(crashingBot({ afterMs: 0, exitCode: 0 }));
    const observed = await instance.until('it waits', ({ state }) => state === 'backoff');
    expect(observed).toMatchObject({ exitCode: 0, reason: { code: 'exited_cleanly' } });
    await instance.untilData('starts', (content) => content.length >= 4);
  });

  it.concurrent('ends a bot that takes more memory than its plan gives, and says so', async () => {
    const instance = world().newInstance();
    await instance.deploy(greedyBot(100));
    const observed = await instance.until('it was out of memory', ({ reason }) => reason?.code === 'out_of_memory');
    expect(observed.reason?.params.limitMb).toBe('256');
  });
}
