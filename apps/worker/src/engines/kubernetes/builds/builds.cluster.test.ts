import { newId } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Files } from '../../contract/source-server.ts';
import { waitUntil } from '../../contract/wait-until.ts';
import { configMaps, pods, secrets } from '../client/resource-kinds.ts';
import { namespacesOf } from '../names.ts';
import { queueName } from './build-queue.ts';
import { signatureValue, ticketValue } from './testing/archive-server.ts';
import { BuildWorld } from './testing/build-world.ts';

const bot = (change: { scripts?: object; dependencies?: object } = {}): Files => ({
  'package.json': JSON.stringify({
    name: 'bot',
    scripts: { start: 'node index.js', ...change.scripts },
    dependencies: change.dependencies ?? {},
  }),
  'index.js': "console.log('hello');",
});

let world: BuildWorld;
beforeAll(async () => {
  world = await BuildWorld.open();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

describe('builds on a cluster', { timeout: 300_000 }, () => {
  it('builds a repository into an image that a node pulls by its digest, and hits the cache the second time', async () => {
    const instanceId = newId('instance');
    const files = bot({ scripts: { build: 'echo the-build-ran' }, dependencies: { ms: '2.1.3' } });
    const first = await world.built(await world.request(files, { instanceId }));
    const { host, path } = world.settings.registry;
    expect(first.report).toMatchObject({
      outcome: {
        state: 'published',
        artifact: expect.stringMatching(`^${host}/${path}/${instanceId}@sha256:[0-9a-f]{64}$`),
      },
      buildPlan: { runtime: 'node', buildCommand: 'npm run build' },
    });
    expect(first.log).toEqual(expect.arrayContaining(['$ npm install', '$ npm run build', 'the-build-ran', 'Built.']));
    expect(first.log.join('\n')).not.toMatch(`${ticketValue}|${signatureValue}`);
    const { fetch, plan, build, publish } = first.report.steps;
    const times = [fetch, plan, build, publish].flatMap((step) => [step?.startedAt ?? 0, step?.finishedAt ?? 0]);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThan(0);

    const second = await world.built(await world.request(files, { instanceId }));
    expect(second.log).toContain('$ npm install (cached)');
    expect(second.log).not.toContain('the-build-ran');

    const artifact = second.report.outcome.state === 'published' ? second.report.outcome.artifact : '';
    expect(await world.builds.imageOf(artifact)).toMatchObject({ buildPlan: { startCommand: 'node index.js' } });
    expect(await runsFrom(artifact)).toBe('hello');
    await world.builds.removeImages(instanceId);
    expect(await world.builds.imageOf(artifact)).toBeNull();
  });

  it('names the build script that failed, and its exit code', async () => {
    const { report, log } = await world.built(await world.request(bot({ scripts: { build: 'echo oh no; exit 3' } })));
    expect(report.outcome).toEqual({
      state: 'failed',
      reason: { code: 'build_failed', params: { command: 'npm run build', exitCode: '3' } },
    });
    expect(log).toEqual(expect.arrayContaining(['oh no', 'The build failed: build_failed']));
  });

  it('names the dependency that does not exist', async () => {
    const dependencies = { 'zarpa-no-such-package-anywhere': '1.0.0' };
    const { report } = await world.built(await world.request(bot({ dependencies })));
    expect(report.outcome).toMatchObject({
      reason: { code: 'dependency_not_found', params: { package: 'zarpa-no-such-package-anywhere' } },
    });
  });

  it('names the base image that does not exist', async () => {
    const { report } = await world.built(await world.request({ Dockerfile: 'FROM no-such-image-anywhere:1\n' }));
    expect(report.outcome).toMatchObject({
      reason: { code: 'base_image_not_found', params: { image: 'docker.io/library/no-such-image-anywhere:1' } },
    });
  });

  it('says what is wrong with a Dockerfile', async () => {
    const { report } = await world.built(await world.request({ Dockerfile: 'FROM node:24-bookworm-slim\nRUNN x\n' }));
    expect(report.outcome).toMatchObject({ reason: { code: 'invalid_file', params: { file: 'Dockerfile' } } });
  });

  it("uses a repository's own Dockerfile as it is", async () => {
    const Dockerfile =
      '# syntax=docker/dockerfile:1\nFROM node:24-bookworm-slim\nRUN echo own-file\nCMD ["node", "-v"]\n';
    const { report, log } = await world.built(await world.request({ Dockerfile }));
    expect(report).toMatchObject({ outcome: { state: 'published' }, buildPlan: { runtime: 'docker' } });
    expect(log).toEqual(expect.arrayContaining(['$ echo own-file', 'own-file']));
  });

  it('fails a repository that nothing can be made of before BuildKit starts', async () => {
    const { report } = await world.built(await world.request({ 'README.md': 'nothing here' }));
    expect(report.outcome).toMatchObject({ state: 'failed', reason: { code: 'unrecognised_repository' } });
    expect(report.steps.build).toBeUndefined();
  });

  it('tells an address that expired from a source that is gone', async () => {
    const request = await world.request(bot());
    world.archives.loseArchive(request.deployment.source.archiveUrl);
    expect((await world.built(request)).report.outcome).toEqual({ state: 'address-expired' });
    const gone = world.requestOf(`http://127.0.0.1:${world.archives.port}/ticket/none.tar.gz?ticket=${ticketValue}`);
    expect(await world.builds.start(gone)).toMatchObject({ kind: 'failed', reason: { code: 'source_unavailable' } });
  });

  it('gives the same log each time, and resumes after any of its records', async () => {
    const request = await world.request(bot({ scripts: { build: 'echo one; echo two' } }));
    await world.started(request);
    const { deploymentId } = request.deployment;
    const source = world.builds.log(deploymentId);
    const followed = await all(source.read({ after: null, follow: true }));
    const again = await all(source.read({ after: null, follow: false }));
    expect(again.flat()).toEqual(followed.flat());
    const middle = followed.flat()[3]?.position ?? null;
    const rest = await all(source.read({ after: middle, follow: false }));
    expect(rest.flat()).toEqual(followed.flat().slice(4));
    expect(await source.tailPosition(2)).toEqual(followed.flat().at(-3)?.position);
    await world.builds.finish(deploymentId);
  });

  it('is cancelled while it runs, and leaves its slot', async () => {
    const request = await world.request(bot({ scripts: { build: 'echo it-runs; sleep 600' } }));
    await world.started(request);
    const { deploymentId } = request.deployment;
    const follow = world.builds.log(deploymentId).read({ after: null, follow: true });
    for await (const records of follow) {
      if (records.some(({ bytes }) => Buffer.from(bytes).toString() === 'it-runs')) break;
    }
    await world.builds.cancel(deploymentId);
    await waitUntil(
      'its Job is gone',
      60_000,
      async () => ((await world.find(deploymentId)) === null ? true : null),
      () => null,
    );
    await world.started(await world.request(bot()));
    expect(await queued()).not.toContain(deploymentId);
  });
});

describe('what guards builds', { timeout: 300_000 }, () => {
  it('ends a build at its deadline, with its log kept', async () => {
    await using late = await BuildWorld.open({ deadlineMs: 40_000 });
    const request = await late.request(bot({ scripts: { build: 'echo it-runs; sleep 600' } }));
    const { report, log } = await late.built(request);
    expect(report.outcome).toMatchObject({ reason: { code: 'build_timed_out', params: { command: 'npm run build' } } });
    expect(log).toContain('it-runs');
  });

  it('names a registry that refuses what was built', async () => {
    const password = new Secret('not-the-password');
    await using locked = await BuildWorld.open({}, { registry: { ...world.settings.registry, password } });
    const { report } = await locked.built(await locked.request(bot()));
    expect(report.outcome).toMatchObject({ state: 'failed', reason: { code: 'registry_refused' } });
    expect(JSON.stringify(report)).not.toContain(password.reveal());
  });

  it('never lets more build than the limits say, with two workers asking at once', async () => {
    await using narrow = await BuildWorld.open({ perOwner: 1, perCluster: 2 });
    const other = narrow.anotherWorker();
    const [busy, patient] = [newId('owner'), newId('owner')];
    const script = { build: 'sleep 600' };
    const requests = await Promise.all(
      [busy, busy, busy, patient, newId('owner')].map((ownerId) =>
        narrow.request(bot({ scripts: script }), { ownerId }),
      ),
    );
    const outcomes = await Promise.all(requests.map((one, i) => (i % 2 === 0 ? narrow.builds : other).start(one)));
    expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(2);
    const started = requests.filter((_, i) => outcomes[i]?.kind === 'started');
    expect(new Set(started.map(({ ownerId }) => ownerId)).size).toBe(2);
    const again = await Promise.all(requests.map((one) => narrow.builds.start(one)));
    expect(again.filter(({ kind }) => kind === 'started')).toHaveLength(2);
    await other.close();
  });

  it('admits nothing but builds to their namespace', async () => {
    const namespace = namespacesOf(world.settings.namespacePrefix).builds;
    const pod = (spec: object) => ({
      metadata: { name: 'intruder', namespace },
      spec: { containers: [{ name: 'build', image: world.settings.buildkitImage }], ...spec },
    });
    for (const spec of [
      {},
      { hostUsers: false },
      { hostUsers: false, automountServiceAccountToken: false, hostNetwork: true },
    ]) {
      await expect(world.client.create(pods, pod(spec))).rejects.toMatchObject({ reason: 'Invalid' });
    }
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function queued(): Promise<string> {
  const namespace = namespacesOf(world.settings.namespacePrefix).engine;
  return (await world.client.get(configMaps, { namespace, name: queueName }))?.data?.entries ?? '';
}

/** What a pod of that image prints, pulled by a node with the registry's credentials. */
async function runsFrom(artifact: string): Promise<string> {
  const namespace = namespacesOf(world.settings.namespacePrefix).engine;
  await world.client.create(secrets, {
    metadata: { name: 'pull', namespace },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(world.builds.dockerConfigJson).toString('base64') },
  });
  const name = 'run';
  await world.client.create(pods, {
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      imagePullSecrets: [{ name: 'pull' }],
      containers: [{ name: 'bot', image: artifact, resources: { requests: { cpu: '10m' } } }],
    },
  });
  const find = () => world.client.get(pods, { namespace, name });
  await waitUntil(
    'the pod has run',
    60_000,
    async () => ((await find())?.status?.phase === 'Succeeded' ? true : null),
    () => null,
  );
  const signal = new AbortController().signal;
  const log = await world.client.stream(`/api/v1/namespaces/${namespace}/pods/${name}/log`, { signal });
  return Buffer.concat(await all(log))
    .toString('utf8')
    .trim();
}
