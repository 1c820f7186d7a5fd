import { createHash } from 'node:crypto';
import { OAuthApp } from '@octokit/oauth-app';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorize, clientId, clientSecret, type RunningSandbox, runSandbox } from '../../test-support/sandbox.ts';

const redirectUrl = 'http://127.0.0.1:4301/callback';

describe('the OAuth web flow', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await runSandbox();
  });
  afterAll(() => sandbox.stop());

  const exchange = async (parameters: Record<string, string>) => {
    const response = await fetch(`${sandbox.webUrl}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...parameters }),
    });
    return response.json();
  };

  test('@octokit/oauth-app signs a test user in and out', async () => {
    const app = new OAuthApp({
      clientType: 'oauth-app',
      clientId,
      clientSecret,
      Octokit: Octokit.defaults({ baseUrl: sandbox.apiUrl }),
      baseUrl: sandbox.apiUrl,
    });
    const { url } = app.getWebFlowAuthorizationUrl({ redirectUrl, scopes: ['repo', 'user:email'], state: 's1' });
    expect(url).toContain(`${sandbox.webUrl}/login/oauth/authorize?`);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const login of ['marina-costa', 'diego-ramos', 'lia-nunes']) expect(html).toContain(`value="${login}"`);

    const code = await authorize(sandbox.webUrl, { login: 'marina-costa', scope: 'repo,user:email' });
    const { authentication } = await app.createToken({ code });
    expect(authentication).toMatchObject({ tokenType: 'oauth', scopes: ['repo,user:email'] });
    const octokit = sandbox.octokit(authentication.token);
    expect((await octokit.users.getAuthenticated()).data.login).toBe('marina-costa');
    expect((await app.checkToken({ token: authentication.token })).data.user?.login).toBe('marina-costa');
    await app.deleteToken({ token: authentication.token });
    await expect(octokit.users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });

  test('goes back with the code and the state, or with the refusal', async () => {
    const send = (decision: string) =>
      fetch(`${sandbox.webUrl}/login/oauth/authorize`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: sandbox.webUrl },
        body: new URLSearchParams({
          client_id: clientId,
          redirect_uri: redirectUrl,
          state: 'a&b',
          login: 'lia-nunes',
          decision,
        }),
      });
    const approved = new URL((await send('approve')).headers.get('location') ?? '');
    expect(approved.origin + approved.pathname).toBe(redirectUrl);
    expect(approved.searchParams.get('state')).toBe('a&b');
    expect(approved.searchParams.get('code')).toMatch(/^[0-9a-f]{20}$/);
    const denied = new URL((await send('cancel')).headers.get('location') ?? '');
    expect(denied.searchParams.get('error')).toBe('access_denied');
  });

  test('refuses another site that sends the form', async () => {
    const response = await fetch(`${sandbox.webUrl}/login/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ client_id: clientId, redirect_uri: redirectUrl, login: 'lia-nunes' }),
    });
    expect(response.status).toBe(403);
  });

  test('a code is good once, for ten minutes', async () => {
    const code = await authorize(sandbox.webUrl, { login: 'lia-nunes' });
    expect(await exchange({ code })).toMatchObject({ access_token: expect.stringMatching(/^ghu_\w{36}$/) });
    expect(await exchange({ code })).toMatchObject({ error: 'bad_verification_code' });
    const late = await authorize(sandbox.webUrl, { login: 'lia-nunes' });
    sandbox.advance(10 * 60_000);
    expect(await exchange({ code: late })).toMatchObject({ error: 'bad_verification_code' });
  });

  test('@octokit/oauth-app refreshes a token that expires; the old pair is worth nothing from then on', async () => {
    const app = new OAuthApp({
      clientType: 'github-app',
      clientId,
      clientSecret,
      Octokit: Octokit.defaults({ baseUrl: sandbox.apiUrl }),
      baseUrl: sandbox.apiUrl,
    });
    const refresh = ({ refreshToken = '' }: { refreshToken?: string }) => app.refreshToken({ refreshToken });
    const created = await app.createToken({ code: await authorize(sandbox.webUrl, { login: 'marina-costa' }) });
    const first = created.authentication;
    expect(Date.parse(first.expiresAt ?? '') - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
    expect((await app.checkToken({ token: first.token })).data.expires_at).not.toBeNull();

    const { authentication: second } = await refresh(first);
    expect(second.token).not.toBe(first.token);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const user = await sandbox.octokit(second.token).users.getAuthenticated();
    expect(user.data.login).toBe('marina-costa');
    await expect(sandbox.octokit(first.token).users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    await expect(refresh(first)).rejects.toThrow('bad_refresh_token');

    sandbox.advance(8 * 3_600_000);
    await expect(sandbox.octokit(second.token).users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    const { authentication: third } = await refresh(second);
    sandbox.advance(185 * 24 * 3_600_000);
    await expect(refresh(third)).rejects.toThrow('bad_refresh_token');
  });

  test('a revoked token takes its refresh token with it', async () => {
    const code = await authorize(sandbox.webUrl, { login: 'lia-nunes' });
    const { access_token, refresh_token } = (await exchange({ code })) as Record<string, string>;
    const refresh = { grant_type: 'refresh_token', refresh_token: refresh_token ?? '' };
    expect(await exchange({ ...refresh, client_secret: 'wrong' })).toMatchObject({
      error: 'incorrect_client_credentials',
    });
    await fetch(`${sandbox.apiUrl}/applications/${clientId}/token`, {
      method: 'DELETE',
      headers: { authorization: `basic ${btoa(`${clientId}:${clientSecret}`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ access_token }),
    });
    expect(await exchange(refresh)).toMatchObject({ error: 'bad_refresh_token' });
  });

  test('refuses wrong credentials, another redirect address and a missing verifier', async () => {
    const wrong = await exchange({
      client_secret: 'wrong',
      code: await authorize(sandbox.webUrl, { login: 'lia-nunes' }),
    });
    expect(wrong).toMatchObject({ error: 'incorrect_client_credentials' });
    const code = await authorize(sandbox.webUrl, { login: 'lia-nunes' });
    const elsewhere = await exchange({ code, redirect_uri: 'http://127.0.0.1:1/other' });
    expect(elsewhere).toMatchObject({ error: 'redirect_uri_mismatch' });

    const verifier = 'v'.repeat(64);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const pkce = { login: 'lia-nunes', code_challenge: challenge, code_challenge_method: 'S256' };
    expect(await exchange({ code: await authorize(sandbox.webUrl, pkce) })).toMatchObject({
      error: 'bad_verification_code',
    });
    const proven = await exchange({ code: await authorize(sandbox.webUrl, pkce), code_verifier: verifier });
    expect(proven).toHaveProperty('access_token');
  });

  test.each([
    '',
    '?client_id=unknown&redirect_uri=http://a.example',
    `?client_id=${clientId}&redirect_uri=javascript:alert(1)`,
  ])('does not show the page for %s', async (query) => {
    const response = await fetch(`${sandbox.webUrl}/login/oauth/authorize${query}`);
    expect([400, 404]).toContain(response.status);
  });
});
