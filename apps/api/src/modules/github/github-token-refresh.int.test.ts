import { type GithubAuthorization, type GithubConnection, OwnerId, type RepositoryPage } from '@zarpa/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { OwnerScope } from '../session/index.ts';
import { GithubAccountRepository, type StoredTokens } from './github-account.repository.ts';
import type { GithubTokens } from './github-oauth.ts';
import { GithubTokenRefresh } from './github-token-refresh.ts';

let api: TestApi;
let customer: Customer;
let scope: OwnerScope;
let accounts: GithubAccountRepository;
const account = { githubUserId: 1, login: 'ana', name: null, avatarUrl: null };

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/segredo', { 'package.json': '{}' }, { private: true });
  accounts = api.api.app.get(GithubAccountRepository, { strict: false });
});
afterAll(() => api.stop());
beforeEach(async () => {
  customer = await Customer.arrive(api);
  scope = OwnerScope.of({ ownerId: OwnerId.parse(customer.ownerId) });
});

async function connect(): Promise<StoredTokens> {
  const { authorizeUrl } = await customer.post<GithubAuthorization>('/v1/sources/github/connect');
  const answer = await fetch(`${api.sandbox.url}/login/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: api.sandbox.url },
    body: new URLSearchParams({ ...Object.fromEntries(new URL(authorizeUrl).searchParams), login: 'ana' }),
  });
  const { pathname, search } = new URL(answer.headers.get('location') ?? '');
  await customer.call('GET', `${pathname}${search}`);
  const tokens = await accounts.tokens(scope);
  if (!tokens) throw new Error('The account is not linked');
  return tokens;
}

const expire = (inSeconds = 0) =>
  api.database.query(`UPDATE github_account SET token_expires_at = now() + $2 * interval '1 s' WHERE owner_id = $1`, [
    customer.ownerId,
    inSeconds,
  ]);
const list = () => customer.get<RepositoryPage>('/v1/sources/github/repositories');
const isConnected = async () => (await customer.get<GithubConnection>('/v1/sources/github')).connected;
const githubTakes = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${api.sandbox.url}/api/v3/user`, { headers })).status === 200;
};

test('a token that ends is refreshed before it is used, sealed, and the one before is worth nothing', async () => {
  const before = await connect();
  expect(before.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 7 * 3_600_000);
  await expire(60);
  expect((await list()).items).toHaveLength(1);
  const after = await accounts.tokens(scope);
  expect(after?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 7 * 3_600_000);
  expect(await githubTakes(before.token)).toBe(false);
  expect(await githubTakes(after?.token ?? '')).toBe(true);
  const { rows } = await api.database.query<{ text: string }>(
    'SELECT github_account::text AS text FROM github_account WHERE owner_id = $1',
    [customer.ownerId],
  );
  expect(rows[0]?.text).toContain('ciphertext');
  expect(rows[0]?.text).not.toMatch(/gh[ur]_/);
});

test('many calls of several processes at once refresh an owner’s token once', async () => {
  await connect();
  await expire();
  const other = await api.another();
  const refreshes = [api.api, other].map((each) => each.app.get(GithubTokenRefresh, { strict: false }));
  const tokens = await Promise.all(Array.from({ length: 12 }, (_, index) => refreshes[index % 2]?.token(scope)));
  expect(new Set(tokens).size).toBe(1);
  expect(await githubTakes(tokens[0] ?? '')).toBe(true);
  expect(await isConnected()).toBe(true);
});

test('a token that GitHub refuses before its time is refreshed, and the call made again', async () => {
  const { refresh, expiresAt } = await connect();
  await accounts.save(scope, account, { token: 'revoked', expiresAt, refresh });
  expect((await list()).items).toMatchObject([{ repository: 'ana/segredo' }]);
  expect(await isConnected()).toBe(true);
});

const gone = new Date(Date.now() - 1_000);
test.each<[string, GithubTokens['refresh']]>([
  ['GitHub refuses', { token: 'used before', expiresAt: null }],
  ['has ended itself', { token: 'old', expiresAt: gone }],
  ['was never given', null],
])('a refresh token that %s asks its owner to link the account again', async (_, refresh) => {
  await connect();
  await accounts.save(scope, account, { token: 'ended', expiresAt: gone, refresh });
  expect(await customer.refused('GET', '/v1/sources/github/repositories')).toBe('github_not_connected');
  expect(await isConnected()).toBe(false);
  await connect();
  expect(await isConnected()).toBe(true);
});

test('what comes late of tokens that were replaced does not touch those in their place', async () => {
  const before = await connect();
  await connect();
  await accounts.refuse(scope, before, api.database);
  expect(await accounts.replace(scope, before, { token: 'late', expiresAt: null, refresh: null }, api.database)).toBe(
    false,
  );
  expect((await list()).items).toHaveLength(1);
});

test('while GitHub cannot be asked a token is used to its end, and no account is lost', async () => {
  const cut = await startTestApi({ GITHUB_WEB_URL: 'http://127.0.0.1:9' });
  const owner = OwnerScope.of({ ownerId: OwnerId.parse((await Customer.arrive(cut)).ownerId) });
  const [kept, refresh] = [GithubAccountRepository, GithubTokenRefresh].map((part) =>
    cut.api.app.get(part, { strict: false }),
  ) as [GithubAccountRepository, GithubTokenRefresh];
  const given = { token: 'next', expiresAt: null };
  await kept.save(owner, account, { token: 'near its end', expiresAt: new Date(Date.now() + 60_000), refresh: given });
  expect(await refresh.token(owner)).toBe('near its end');
  await kept.save(owner, account, { token: 'ended', expiresAt: gone, refresh: given });
  await expect(refresh.token(owner)).rejects.toMatchObject({ code: 'github_unavailable' });
  expect(await kept.tokens(owner)).toMatchObject({ token: 'ended', refresh: { token: 'next' } });
  await cut.stop();
});
