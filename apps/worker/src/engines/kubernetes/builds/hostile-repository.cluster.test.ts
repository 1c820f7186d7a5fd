import { gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import type { InstanceId } from '@zarpa/contracts';
import { Header } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Files } from '../../contract/source-server.ts';
import { signatureValue, ticketValue } from './testing/archive-server.ts';
import { BuildWorld, type EndedBuild } from './testing/build-world.ts';

const hostile = (build: string, files: Files = {}): Files => ({
  'package.json': JSON.stringify({ name: 'hostile', scripts: { start: 'node index.js', build } }),
  'index.js': '',
  ...files,
});

let world: BuildWorld;
beforeAll(async () => {
  world = await BuildWorld.open({ deadlineMs: 300_000, storageMb: 1_024, memoryMb: 768, perCluster: 4 });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** What must not be seen: whole, and in the form in which a configuration file has it. */
function secrets(): string[] {
  const { username, password } = world.settings.registry;
  const clear = password?.reveal() ?? '';
  return [clear, Buffer.from(`${username}:${clear}`).toString('base64'), ticketValue, signatureValue];
}

function expectNoLeak(text: string): void {
  for (const secret of secrets()) expect(text).not.toContain(secret);
}

/** Builds a hostile repository and a decent one at the same time: the decent one must not notice. */
async function besideANeighbour(files: Files): Promise<EndedBuild> {
  const neighbour = hostile('echo fine');
  const [bad, good] = await Promise.all([
    world.request(files).then((request) => world.built(request)),
    world.request(neighbour).then((request) => world.built(request)),
  ]);
  expect(good.report.outcome).toEqual(expect.objectContaining({ state: 'published' }));
  expectNoLeak(bad.log.join('\n'));
  return bad;
}

describe('A hostile repository: only its own build fails, with a reason, and nothing of ours leaks', {
  timeout: 400_000,
}, () => {
  it('its build script reads the environment: no token in its environment, layers or log', async () => {
    const spy = `
import { execSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const all = [
  'env', 'cat /proc/*/environ', 'cat /proc/*/cmdline', 'cat /registry/* /program/* /work/plan/*', 'cat /root/.docker/config.json',
  'find / -xdev -name "config.json" -not -path "*/node_modules/*" -exec cat {} +', 'cat /var/run/secrets/kubernetes.io/serviceaccount/token',
  'cat /proc/1/root/registry/config.json', 'cat /proc/mounts', 'ls -la /run /var/lib/buildkit',
].map((command) => { try { return execSync(command + ' 2>&1 || true', { encoding: 'utf8' }); } catch (error) { return String(error); } }).join('\\n');
console.log(all.replaceAll('\\0', '\\n'));
console.log('the spy has looked');
writeFileSync('seen.txt', all + 'the spy has looked');
`;
    const request = await world.request(hostile('node spy.mjs', { 'spy.mjs': spy }));
    const { report, log } = await world.built(request);
    expect(log).toContain('the spy has looked');
    expect(report.outcome).toMatchObject({ state: 'published' });
    expectNoLeak(log.join('\n'));
    const content = await imageContent(request.instanceId, report);
    expect(content).toContain('the spy has looked');
    expectNoLeak(content);
  });

  it('it forks without end', async () => {
    const bomb = 'while :; do sh bomb.sh & done\n';
    const { report } = await besideANeighbour(hostile('sh bomb.sh', { 'bomb.sh': bomb }));
    expect(report.outcome).toMatchObject({ state: 'failed', reason: { params: { command: 'npm run build' } } });
  });

  it('it fills the disk', async () => {
    const { report } = await besideANeighbour(hostile('dd if=/dev/zero of=big bs=1M count=8000; sleep 600'));
    expect(report.outcome).toEqual({
      state: 'failed',
      reason: { code: 'build_too_large', params: { command: '', limitMb: '1024' } },
    });
  });

  it('it takes all memory', async () => {
    const eat = 'const all = []; for (;;) all.push(Buffer.alloc(16777216, 1));';
    const { report } = await besideANeighbour(hostile('node eat.js', { 'eat.js': eat }));
    expect(report.outcome).toMatchObject({ state: 'failed', reason: { code: 'build_out_of_memory' } });
  });

  it('it prints without end', async () => {
    const { report } = await besideANeighbour(hostile('yes no no no no no no no no no no no no no no no no'));
    expect(report.outcome).toMatchObject({ state: 'failed', reason: { code: 'build_output_too_large' } });
  });

  it('it follows links out of the tarball', async () => {
    const archive = gzipSync(
      Buffer.concat([entry('top/package.json', '{}'), link('top/out', '../../../etc'), Buffer.alloc(1_024)]),
    );
    const { report } = await world.built(world.requestOf(world.archives.publishBytes(archive)));
    expect(report.outcome).toMatchObject({ state: 'failed', reason: { code: 'source_unsafe' } });
  });

  it("it pushes to another's image, and takes another's image as its base", async () => {
    const victim = await world.request(hostile('echo mine'));
    const { report } = await world.built(victim);
    const artifact = report.outcome.state === 'published' ? report.outcome.artifact : '';
    const { host, path } = world.settings.registry;
    const push = `
for (const [method, url] of [
  ['POST', 'http://${host}/v2/${path}/${victim.instanceId}/blobs/uploads/'],
  ['GET', 'http://${host}/v2/${path}/${victim.instanceId}/manifests/cache'],
  ['GET', 'https://${world.cluster.hostAddress}:6443/version'],
  ['GET', 'http://169.254.169.254/'],
]) {
  const answer = await fetch(url, { method, signal: AbortSignal.timeout(15000) }).catch((error) => ({ status: error.cause?.code ?? error.name }));
  console.log('answer to ' + url + ': ' + answer.status);
}
`;
    const pusher = await world.built(await world.request(hostile('node push.mjs', { 'push.mjs': push })));
    const answers = pusher.log
      .filter((line) => line.startsWith('answer to '))
      .map((line) => line.slice(line.lastIndexOf(' ') + 1));
    expect(answers.slice(0, 2)).toEqual(['401', '401']);
    expect(answers.slice(2)).toEqual([
      expect.stringMatching(/^(TimeoutError|E[A-Z]+|UND_ERR\w+)$/),
      expect.stringMatching(/^(TimeoutError|E[A-Z]+|UND_ERR\w+)$/),
    ]);

    for (const Dockerfile of [
      `FROM ${artifact}\nRUN cat /app/package.json\n`,
      `FROM node:24-bookworm-slim\nCOPY --from=${host}/${path}/${victim.instanceId}:cache / /stolen\n`,
      `# syntax=${artifact}\nFROM ${artifact}\n`,
    ]) {
      const thief = await world.built(await world.request({ Dockerfile }));
      expect(thief.report.outcome).toMatchObject({
        state: 'failed',
        reason: { code: 'base_image_not_found', params: { image: expect.stringContaining(path) } },
      });
    }
    expect(await world.builds.imageOf(artifact)).not.toBeNull();
  });

  it('it runs for ever', async () => {
    await using late = await BuildWorld.open({ deadlineMs: 60_000 });
    const { report } = await late.built(await late.request(hostile('sleep 100000')));
    expect(report.outcome).toEqual({
      state: 'failed',
      reason: { code: 'build_timed_out', params: { command: 'npm run build', minutes: '1' } },
    });
  });
});

function entry(path: string, content: string): Buffer {
  const block = Buffer.alloc(512);
  new Header({ mode: 0o644, type: 'File', path, size: Buffer.byteLength(content) }).encode(block);
  return Buffer.concat([block, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

function link(path: string, linkpath: string): Buffer {
  const block = Buffer.alloc(512);
  new Header({ mode: 0o777, type: 'SymbolicLink', path, linkpath, size: 0 }).encode(block);
  return block;
}

const Index = z.object({ manifests: z.array(z.object({ digest: z.string() })) });
const Manifest = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ digest: z.string(), mediaType: z.string() })),
});

/** All that the registry keeps of an image, but the base image's layers: manifests, configuration, attestations, the last layers unpacked. */
async function imageContent(instanceId: InstanceId, report: EndedBuild['report']): Promise<string> {
  const artifact = report.outcome.state === 'published' ? report.outcome.artifact : '';
  const { host, path, username, password } = world.settings.registry;
  const authorization = `Basic ${Buffer.from(`${username}:${password?.reveal()}`).toString('base64')}`;
  const get = async (what: string) => {
    const headers = {
      authorization,
      accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
    };
    return Buffer.from(
      await (await fetch(`http://${host}/v2/${path}/${instanceId}/${what}`, { headers })).arrayBuffer(),
    );
  };
  const index = await get(`manifests/${artifact.slice(artifact.indexOf('@') + 1)}`);
  const texts = [index.toString('latin1')];
  for (const { digest } of Index.parse(JSON.parse(index.toString())).manifests) {
    const manifest = await get(`manifests/${digest}`);
    const { config, layers } = Manifest.parse(JSON.parse(manifest.toString()));
    texts.push(manifest.toString(), (await get(`blobs/${config.digest}`)).toString());
    for (const layer of layers.slice(-2)) texts.push(unpacked(await get(`blobs/${layer.digest}`), layer.mediaType));
  }
  return texts.join('\n');
}

function unpacked(blob: Buffer, mediaType: string): string {
  if (mediaType.endsWith('+zstd')) return zstdDecompressSync(blob).toString('latin1');
  return mediaType.endsWith('gzip') ? gunzipSync(blob).toString('latin1') : blob.toString('latin1');
}
