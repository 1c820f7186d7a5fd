import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putRepository } from '../../test-support/repository.ts';
import { appId, privateKey, quiet, type RunningSandbox, runSandbox } from '../../test-support/sandbox.ts';

describe('the GitHub App through @octokit/auth-app', () => {
  let sandbox: RunningSandbox;
  let app: Octokit;

  const asInstallation = (installationId: number) =>
    new Octokit({
      baseUrl: sandbox.apiUrl,
      log: quiet,
      authStrategy: createAppAuth,
      auth: { appId, privateKey, installationId },
    });

  beforeAll(async () => {
    sandbox = await runSandbox();
    await putRepository(sandbox.repositories, 'zarpa-exemplos/interno', { private: true });
    await putRepository(sandbox.repositories, 'lia-nunes/caderno', { private: true });
    const auth = { appId, privateKey };
    app = new Octokit({ baseUrl: sandbox.apiUrl, log: quiet, authStrategy: createAppAuth, auth });
  });
  afterAll(() => sandbox.stop());

  test('the App knows itself and where it is installed', async () => {
    expect((await app.apps.getAuthenticated()).data).toMatchObject({ id: appId, slug: 'zarpa', events: ['push'] });
    const { data } = await app.apps.listInstallations();
    expect(data).toMatchObject([{ account: { login: 'zarpa-exemplos' }, app_id: appId, repository_selection: 'all' }]);
    const ofRepository = await app.apps.getRepoInstallation({ owner: 'zarpa-exemplos', repo: 'interno' });
    expect(ofRepository.data.id).toBe(data[0]?.id);
    const notInstalled = app.apps.getRepoInstallation({ owner: 'lia-nunes', repo: 'caderno' });
    await expect(notInstalled).rejects.toMatchObject({ status: 404 });
  });

  test('an installation reads the private repositories of its account, and of no other', async () => {
    const [installation] = (await app.apps.listInstallations()).data;
    const octokit = asInstallation(installation?.id ?? 0);
    const { data } = await octokit.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map(({ name }) => name)).toContain('interno');
    expect((await octokit.repos.get({ owner: 'zarpa-exemplos', repo: 'interno' })).data.private).toBe(true);
    await expect(octokit.repos.get({ owner: 'lia-nunes', repo: 'caderno' })).rejects.toMatchObject({ status: 404 });
    await expect(octokit.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
  });

  test('a token for chosen repositories opens only those', async () => {
    const [installation] = (await app.apps.listInstallations()).data;
    const installationId = installation?.id ?? 0;
    const { data } = await app.apps.createInstallationAccessToken({
      installation_id: installationId,
      repositories: ['bot-eco-node'],
    });
    expect(data).toMatchObject({ token: expect.stringMatching(/^ghs_\w{36}$/), repository_selection: 'selected' });
    const octokit = sandbox.octokit(data.token);
    await expect(octokit.repos.get({ owner: 'zarpa-exemplos', repo: 'interno' })).rejects.toMatchObject({
      status: 404,
    });
    const unknown = app.apps.createInstallationAccessToken({ installation_id: installationId, repositories: ['none'] });
    await expect(unknown).rejects.toMatchObject({ status: 422 });
  });

  test('an installation token ends after one hour', async () => {
    const auth = createAppAuth({ appId, privateKey, request: sandbox.octokit().request });
    const [installation] = (await app.apps.listInstallations()).data;
    const { token } = await auth({ type: 'installation', installationId: installation?.id ?? 0 });
    const octokit = sandbox.octokit(token);
    await octokit.apps.listReposAccessibleToInstallation();
    await sandbox.restart();
    await octokit.apps.listReposAccessibleToInstallation();
    sandbox.advance(60 * 60_000);
    await expect(octokit.apps.listReposAccessibleToInstallation()).rejects.toMatchObject({ status: 401 });
    sandbox.advance(-60 * 60_000);
  });

  test.each([
    ['signed by another key', { key: 'other' as const }],
    ['that lives longer than ten minutes', { lifetime: 900 }],
    ['of another app', { issuer: '42' }],
    ['that is over', { lifetime: -120 }],
  ])('refuses a JSON web token %s', async (_, { key, lifetime = 300, issuer = String(appId) }: JwtCase) => {
    const now = Math.floor(Date.now() / 1_000);
    const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const jwt = await new SignJWT({ iat: now - 30, exp: now + lifetime, iss: issuer })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(key === 'other' ? pair.privateKey : createPrivateKey(privateKey));
    await expect(sandbox.octokit(jwt).apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });

  test('refuses a user token where the App itself is asked for', async () => {
    const user = sandbox.octokit(await sandbox.signIn('marina-costa'));
    await expect(user.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    const installations = await user.apps.listInstallationsForAuthenticatedUser();
    expect(installations.data.installations).toMatchObject([{ account: { login: 'zarpa-exemplos' } }]);
  });
});

interface JwtCase {
  readonly key?: 'other';
  readonly lifetime?: number;
  readonly issuer?: string;
}
