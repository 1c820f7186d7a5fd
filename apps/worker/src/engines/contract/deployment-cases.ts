import { stepNames } from '@zarpa/contracts';
import { expect, it } from 'vitest';
import { buildingBot, crashingBot, steadyBot } from './bots.ts';
import type { WorldOf } from './describe-engine-contract.ts';

export function deploymentCases(world: WorldOf): void {
  it.concurrent('deploys: every step done, the bot runs with its variables and its data directory', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy(steadyBot('one'), { variables: { GREETING: 'olá' } });
    const progress = await instance.untilDeployment(
      deployment,
      ({ status, steps }) => status === 'succeeded' && steps.every((step) => step.status === 'done'),
    );
    expect(progress.steps.map(({ name }) => name)).toEqual([...stepNames]);
    expect(progress.artifact).not.toBeNull();
    expect(progress.artifactBytes).toBeGreaterThan(0);
    expect(progress.buildPlan?.runtime).toBe('node');
    const observed = await instance.until('it runs', ({ state }) => state === 'running');
    expect(observed).toMatchObject({ settled: true, deploymentId: deployment.deploymentId, reason: null, restarts: 0 });
    expect(await instance.untilLines(1)).toContain('version one greets olá');
    expect(await instance.dataAsLongAs('starts', 'one\n')).toBe('one\n');
  });

  it.concurrent('keeps the old version running while the new one builds, and when its build fails', async () => {
    const instance = world().newInstance();
    const old = await instance.running(steadyBot('old'));
    const failing = await instance.deploy(buildingBot('new', 'console.log("nope"); process.exit(3)'));
    const progress = await instance.untilDeployment(failing, ({ status }) => status === 'failed');
    expect(progress.reason).toMatchObject({ code: 'build_failed', params: { exitCode: '3' } });
    expect(progress.steps.map(({ status }) => status)).toEqual([
      'done',
      'done',
      'failed',
      'skipped',
      'skipped',
      'skipped',
    ]);
    const observed = await instance.until('it is settled', ({ settled }) => settled);
    expect(observed).toMatchObject({ state: 'running', deploymentId: old.deploymentId });
    expect(await instance.dataAsLongAs('starts', 'old\n')).toBe('old\n');
    await instance.untilBuildLog(failing, ({ text }) => text === 'nope');
  });

  it.concurrent('fails an instance whose first build fails', async () => {
    const instance = world().newInstance();
    await instance.deploy(buildingBot('new', 'process.exit(1)'));
    const observed = await instance.until('it failed', ({ state }) => state === 'failed');
    expect(observed).toMatchObject({ settled: true, reason: { code: 'build_failed' } });
  });

  it.concurrent('fails a deployment that nobody recognises, and says what was looked for', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy({ 'notes.md': 'hello' });
    const { reason } = await instance.untilDeployment(deployment, ({ status }) => status === 'failed');
    expect(reason?.code).toBe('unrecognised_repository');
    expect(reason?.params.lookedFor).toContain('package.json');
  });

  it.concurrent('fails a deployment whose bot ends at once, and keeps trying to start it', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy(crashingBot({ afterMs: 0, exitCode: 9 }));
    const { reason } = await instance.untilDeployment(deployment, ({ status }) => status === 'failed');
    expect(reason).toMatchObject({ code: 'exited_during_start', params: { exitCode: '9' } });
    await instance.untilData('starts', (content) => content.length >= 4);
  });

  it.concurrent('replaces a deployment that still builds by the newest', async () => {
    const instance = world().newInstance();
    const slow = await instance.deploy(buildingBot('slow', 'setTimeout(() => {}, 60_000)'));
    await instance.untilDeployment(slow, ({ steps }) => steps[2]?.status === 'running');
    const newest = await instance.deploy(steadyBot('newest'));
    const superseded = await instance.untilDeployment(slow, ({ status }) => status !== 'building');
    expect(superseded).toMatchObject({ status: 'superseded', reason: { code: 'superseded' } });
    await instance.untilDeployment(newest, ({ status }) => status === 'succeeded');
    expect(await instance.dataAsLongAs('starts', 'newest\n')).toBe('newest\n');
  });

  it.concurrent('runs an earlier artifact again without building', async () => {
    const instance = world().newInstance();
    const first = await instance.running(steadyBot('first'), { variables: { GREETING: 'a' } });
    const { artifact } = await instance.untilDeployment(first, ({ status }) => status === 'succeeded');
    await instance.running(steadyBot('second'));
    const rollback = await instance.deploy(steadyBot('unused'), {
      variables: { GREETING: 'b' },
      artifact: artifact ?? '',
    });
    const progress = await instance.untilDeployment(rollback, ({ status }) => status === 'succeeded');
    expect(progress.artifact).toBe(artifact);
    expect(progress.steps.slice(0, 4).map(({ status }) => status)).toEqual([
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(await instance.untilLines(6)).toContain('version first greets b');
  });

  it.concurrent('goes back to the version that still runs when a build is given up, without a restart', async () => {
    const instance = world().newInstance();
    const old = await instance.running(steadyBot('old'));
    const { artifact } = await instance.untilDeployment(old, ({ status }) => status === 'succeeded');
    const given = await instance.deploy(buildingBot('new', 'setTimeout(() => {}, 60_000)'));
    await instance.untilDeployment(given, ({ steps }) => steps[2]?.status === 'running');
    await instance.send({ deployment: { ...old, artifact } });
    await instance.untilDeployment(given, ({ status }) => status === 'cancelled');
    const observed = await instance.until('it is settled', ({ settled }) => settled);
    expect(observed).toMatchObject({ state: 'running', deploymentId: old.deploymentId });
    expect(await instance.dataAsLongAs('starts', 'old\n')).toBe('old\n');
  });

  it.concurrent('builds the commit again when an artifact is no longer kept, and says so', async () => {
    const instance = world().newInstance();
    const deployment = await instance.deploy(steadyBot('again'), { artifact: 'local:dep_00000000000000000000000000' });
    await instance.untilDeployment(deployment, ({ status }) => status === 'succeeded');
    await instance.untilBuildLog(deployment, ({ data }) => data?.code === 'artifact_missing');
  });

  it.concurrent('waits for a fresh address when the archive has expired', async () => {
    const instance = world().newInstance();
    const deployment = await instance.newDeployment(steadyBot('late'));
    world().sources.expire(deployment.source.archiveUrl);
    await instance.send({ deployment });
    const queued = await instance.untilDeployment(
      deployment,
      ({ status }) => status === 'queued' && world().sources.refusals > 0,
    );
    expect(queued.reason).toBeNull();
    expect(instance.observed?.settled).toBe(false);
    const archiveUrl = await world().sources.publish(steadyBot('late'));
    instance.desired = {
      ...instance.desired,
      deployment: { ...deployment, source: { ...deployment.source, archiveUrl } },
    };
    await instance.resend();
    await instance.untilDeployment(deployment, ({ status }) => status === 'succeeded');
  });

  it.concurrent('fails a deployment whose source does not exist', async () => {
    const instance = world().newInstance();
    const deployment = await instance.newDeployment(steadyBot('gone'));
    const source = { ...deployment.source, archiveUrl: `${deployment.source.archiveUrl}.nothing` };
    await instance.send({ deployment: { ...deployment, source } });
    const { reason } = await instance.untilDeployment(deployment, ({ status }) => status === 'failed');
    expect(reason).toMatchObject({ code: 'source_unavailable', params: { status: '404' } });
  });
}
