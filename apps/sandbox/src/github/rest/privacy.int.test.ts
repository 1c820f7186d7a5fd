import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putRepository } from '../../test-support/repository.ts';
import { type RunningSandbox, runSandbox } from '../../test-support/sandbox.ts';

const secret = { owner: 'marina-costa', repo: 'segredo' };

describe('what strangers and malformed requests get', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await runSandbox({ SANDBOX_RATE_LIMIT_ANONYMOUS: '5000' });
    await putRepository(sandbox.repositories, 'marina-costa/segredo', { private: true });
  });
  afterAll(() => sandbox.stop());

  test('a private repository does not exist for anyone but its owner', async () => {
    const owner = sandbox.octokit(await sandbox.signIn('marina-costa'));
    expect((await owner.repos.get(secret)).data).toMatchObject({ private: true, visibility: 'private' });
    for (const octokit of [sandbox.octokit(), sandbox.octokit(await sandbox.signIn('diego-ramos'))]) {
      await expect(octokit.repos.get(secret)).rejects.toMatchObject({
        status: 404,
        message: expect.stringMatching(/^Not Found/),
      });
      await expect(octokit.repos.listCommits(secret)).rejects.toMatchObject({ status: 404 });
      await expect(octokit.repos.downloadTarballArchive({ ...secret, ref: 'main' })).rejects.toMatchObject({
        status: 404,
      });
      expect((await octokit.repos.listForUser({ username: 'marina-costa' })).data).toEqual([]);
      expect((await octokit.search.repos({ q: 'segredo' })).data.total_count).toBe(0);
    }
  });

  test('a wrong token is refused in the shape of GitHub', async () => {
    const response = await fetch(`${sandbox.apiUrl}/user`, { headers: { authorization: 'token wrong' } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      message: 'Bad credentials',
      documentation_url: 'https://docs.github.com/rest',
      status: '401',
    });
    await expect(sandbox.octokit().users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });

  test('a public repository of others can be read and not written', async () => {
    const lia = sandbox.octokit(await sandbox.signIn('lia-nunes'));
    const target = { owner: 'zarpa-exemplos', repo: 'bot-eco-node' };
    expect((await lia.repos.get(target)).data.permissions).toMatchObject({ pull: true, push: false });
    const write = lia.repos.createOrUpdateFileContents({ ...target, path: 'x', message: 'x', content: 'eA==' });
    await expect(write).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    '/api/v3/repos/../../etc/passwd',
    '/api/v3/repos/..%2f..%2fetc/passwd',
    '/api/v3/repos/zarpa-exemplos/..%2f..%2f..%2fetc%2fpasswd',
    '/api/v3/repos/zarpa-exemplos/%2e%2e',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/..%2f..%2fHEAD',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/%2e%2e/%2e%2e/config',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/.git/config',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/index.js?ref=--output=/tmp/x',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/index.js?ref=main:index.js',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/%00',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/contents/index.js%0a',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits/--help',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits/%zz',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits/main%0aHEAD',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits/HEAD~1',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits?sha=-n',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits?since=yesterday',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/commits?path=../../etc/passwd',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/compare/main',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/compare/main...--output=x',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/tarball/--exec=id',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/git/trees/..%2f..',
    '/api/v3/repos/zarpa-exemplos/bot-eco-node/branches/@%7b-1%7d',
    '/api/v3/users/..%2f..',
    '/_codeload/..%2f/x/legacy.tar.gz/main?token=1.x',
    '/_codeload/zarpa-exemplos/bot-eco-node/__proto__/main?token=1.x',
    '/zarpa-exemplos/bot-eco-node/raw/main/..%2f..%2fHEAD',
    '/_assets/..%2f..%2fpackage.json',
    '/_avatars/..%2fx',
    '/deliveries/9999999999999999999',
    '/../../../../etc/passwd',
  ])('%s is a 4xx', async (path) => {
    const answer = await rawGet(sandbox.webUrl, path);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toContain('root:');
  });

  test.each([
    ['{', 400],
    ['[]', 422],
    ['{"message":"x","content":"%%"}', 422],
    ['{"message":7,"content":"eA=="}', 422],
  ])('a body of %s is a %i', async (body, status) => {
    const token = await sandbox.signIn('marina-costa');
    const response = await fetch(`${sandbox.apiUrl}/repos/zarpa-exemplos/bot-eco-node/contents/x`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('documentation_url');
  });
});

/** Sends the path byte for byte, where `fetch` would tidy it up. */
async function rawGet(webUrl: string, path: string): Promise<string> {
  const { hostname, port } = new URL(webUrl);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}
