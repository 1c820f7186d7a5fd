import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, runSandbox } from '../test-support/sandbox.ts';

const bot = { owner: 'zarpa-exemplos', repo: 'bot-eco-node' };

describe('archives', () => {
  let sandbox: RunningSandbox;
  let folder: string;

  beforeAll(async () => {
    sandbox = await runSandbox();
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-archive-'));
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('Octokit follows the redirect to a tarball with one folder named as on GitHub', async () => {
    const octokit = sandbox.octokit();
    const { data } = await octokit.repos.downloadTarballArchive({ ...bot, ref: 'main' });
    await pipeline(Readable.from(Buffer.from(data as ArrayBuffer)), extract({ cwd: folder }));
    const { sha } = (await octokit.repos.getBranch({ ...bot, branch: 'main' })).data.commit;
    const top = `zarpa-exemplos-bot-eco-node-${sha.slice(0, 7)}`;
    expect(await readdir(folder)).toEqual([top]);
    expect(await readdir(path.join(folder, top))).toEqual(
      expect.arrayContaining(['.gitignore', 'README.md', 'index.js', 'package-lock.json', 'package.json']),
    );
    expect(JSON.parse(await readFile(path.join(folder, top, 'package.json'), 'utf8')).name).toBe('bot-eco-node');
  });

  test('an address is good for five minutes and for one archive alone', async () => {
    const response = await fetch(`${sandbox.apiUrl}/repos/zarpa-exemplos/bot-eco-node/tarball`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    const address = response.headers.get('location') ?? '';
    expect(address).toContain(`${sandbox.webUrl}/_codeload/zarpa-exemplos/bot-eco-node/`);
    expect((await fetch(address)).status).toBe(200);
    expect((await fetch(address.replace('bot-eco-node', 'bot-que-cai'))).status).toBe(404);
    expect((await fetch(address.replace('legacy.tar.gz', 'legacy.zip'))).status).toBe(404);
    expect((await fetch(address.replace(/token=\d/, 'token=9'))).status).toBe(404);
    sandbox.advance(5 * 60_000 - 5_000);
    expect((await fetch(address)).status).toBe(200);
    sandbox.advance(5_001);
    expect((await fetch(address)).status).toBe(404);
  });

  test('an address survives a restart', async () => {
    const response = await fetch(`${sandbox.apiUrl}/repos/zarpa-exemplos/bot-eco-node/tarball`, { redirect: 'manual' });
    await sandbox.restart();
    expect((await fetch(response.headers.get('location') ?? '')).status).toBe(200);
  });
});
