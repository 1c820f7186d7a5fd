import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, runSandbox } from '../../test-support/sandbox.ts';

const repository = { owner: 'zarpa-exemplos', repo: 'bot-eco-node' };

describe('rate limits and conditional requests', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await runSandbox({ SANDBOX_RATE_LIMIT: '5', SANDBOX_RATE_LIMIT_ANONYMOUS: '3' });
  });
  afterAll(() => sandbox.stop());

  test('answers 304 without counting it when the reader has the newest version', async () => {
    const octokit = sandbox.octokit(await sandbox.signIn('diego-ramos'));
    const first = await octokit.repos.get(repository);
    const etag = first.headers.etag ?? '';
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    const conditional = octokit.request('GET /repos/{owner}/{repo}', {
      ...repository,
      headers: { 'if-none-match': etag },
    });
    await expect(conditional).rejects.toMatchObject({
      status: 304,
      response: { headers: { 'x-ratelimit-remaining': first.headers['x-ratelimit-remaining'], etag } },
    });
    const changed = await octokit.request('GET /repos/{owner}/{repo}/branches', {
      ...repository,
      headers: { 'if-none-match': etag },
    });
    expect(changed.status).toBe(200);
  });

  test('refuses with 403 when the hour is used up, until it is over', async () => {
    const octokit = sandbox.octokit();
    const first = await octokit.repos.get(repository);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '2',
      'x-ratelimit-used': '1',
      'x-ratelimit-resource': 'core',
    });
    await octokit.repos.get(repository);
    await octokit.repos.get(repository);
    await expect(octokit.repos.get(repository)).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('API rate limit exceeded'),
      response: { headers: { 'x-ratelimit-remaining': '0' } },
    });
    expect((await octokit.rateLimit.get()).data.rate).toMatchObject({ limit: 3, remaining: 0, used: 3 });
    sandbox.advance(60 * 60_000 + 1);
    expect((await octokit.repos.get(repository)).headers['x-ratelimit-remaining']).toBe('2');
  });

  test('counts per account, not per token', async () => {
    const one = sandbox.octokit(await sandbox.signIn('marina-costa'));
    const other = sandbox.octokit(await sandbox.signIn('marina-costa'));
    await one.repos.get(repository);
    expect((await other.repos.get(repository)).headers['x-ratelimit-used']).toBe('2');
  });
});
