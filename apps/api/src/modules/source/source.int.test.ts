import {
  type BranchList,
  type CommitList,
  type DetectedBuildPlan,
  type FolderList,
  type GithubAuthorization,
  type GithubConnection,
  type InstanceView,
  OwnerId,
  type RepositoryPage,
  type SessionView,
} from '@zarpa/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CommandTap } from '../../testing/command-tap.ts';
import { Customer } from '../../testing/customer.ts';
import { startTestApi, type TestApi, webOrigin } from '../../testing/test-api.ts';
import { GithubAccountRepository } from '../github/index.ts';
import { OwnerScope } from '../session/index.ts';

let api: TestApi;
let customer: Customer;
const node = { 'package.json': JSON.stringify({ scripts: { start: 'node index.js' } }), 'index.js': '' };

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/monorepo', {
    'bots/um/package.json': node['package.json'],
    'bots/um/index.js': '',
    'bots/dois/requirements.txt': '',
    'bots/dois/main.py': '',
  });
  await api.sandbox.commit('ana/monorepo', { 'README.md': '' }, { branch: 'feature/x' });
  await api.sandbox.commit('ana/segredo', node, { private: true });
});
afterAll(() => api.stop());
beforeEach(async () => {
  customer = await Customer.arrive(api);
});

/** GitHub's page, where a person says yes. Returns where GitHub sends the browser back to. */
async function authorise(login: string): Promise<string> {
  const { authorizeUrl } = await customer.post<GithubAuthorization>('/v1/sources/github/connect');
  const answer = await fetch(`${api.sandbox.url}/login/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: api.sandbox.url },
    body: new URLSearchParams({ ...Object.fromEntries(new URL(authorizeUrl).searchParams), login }),
  });
  return answer.headers.get('location') ?? '';
}

async function connect(login: string): Promise<void> {
  const { pathname, search } = new URL(await authorise(login));
  const answer = await customer.call('GET', `${pathname}${search}`);
  expect(answer.headers.get('location')).toBe(`${webOrigin}/instances/new`);
}

test('links a GitHub account, shows it, and forgets it', async () => {
  expect(await customer.get<GithubConnection>('/v1/sources/github')).toMatchObject({ connected: false, sandbox: true });
  await connect('ana');
  expect(await customer.get<GithubConnection>('/v1/sources/github')).toMatchObject({ connected: true, login: 'ana' });
  expect((await customer.get<SessionView>('/v1/session')).github).toMatchObject({ login: 'ana' });
  const { rows } = await api.database.query<{ text: string }>(
    'SELECT github_account::text AS text FROM github_account',
  );
  expect(rows[0]?.text).toContain('ciphertext');
  await customer.call('DELETE', '/v1/sources/github');
  expect(await customer.get<GithubConnection>('/v1/sources/github')).toMatchObject({ connected: false });
});

test('a token that GitHub refuses asks its owner to link the account again, and what is public goes on without it', async () => {
  await connect('ana');
  const accounts = api.api.app.get(GithubAccountRepository, { strict: false });
  const scope = OwnerScope.of({ ownerId: OwnerId.parse(customer.ownerId) });
  const account = await accounts.find(scope);
  if (!account) throw new Error('The account is not linked');
  await accounts.save(scope, account, { token: 'revoked', expiresAt: null, refresh: null });
  expect(await customer.refused('GET', '/v1/sources/github/repositories/ana/monorepo/branches')).toBe(
    'github_not_connected',
  );
  expect(await customer.get<GithubConnection>('/v1/sources/github')).toMatchObject({ connected: false });
  expect(await customer.refused('GET', '/v1/sources/github/repositories')).toBe('github_not_connected');
  const branches = await customer.get<BranchList>('/v1/sources/github/repositories/ana/monorepo/branches');
  expect(branches.defaultBranch).toBe('main');
  await connect('ana');
  expect(await customer.get<GithubConnection>('/v1/sources/github')).toMatchObject({ connected: true, login: 'ana' });
});

test('nobody’s account is linked by a state that was not given to this session, or was used before', async () => {
  const { pathname, search } = new URL(await authorise('ana'));
  const victim = await Customer.arrive(api);
  const forged = await victim.call('GET', `${pathname}${search}`);
  expect(forged.headers.get('location')).toContain('github=github_authorization_failed');
  expect(await victim.get<GithubConnection>('/v1/sources/github')).toMatchObject({ connected: false });
  await customer.call('GET', `${pathname}${search}`);
  const again = await customer.call('GET', `${pathname}${search}`);
  expect(again.headers.get('location')).toContain('github=github_authorization_failed');
});

test('lists and searches the account’s repositories', async () => {
  expect(await customer.refused('GET', '/v1/sources/github/repositories')).toBe('github_not_connected');
  await connect('ana');
  const all = await customer.get<RepositoryPage>('/v1/sources/github/repositories');
  expect(all.items.map(({ repository }) => repository).sort()).toEqual(['ana/monorepo', 'ana/segredo']);
  const found = await customer.get<RepositoryPage>('/v1/sources/github/repositories?search=segre');
  expect(found.items).toMatchObject([{ repository: 'ana/segredo', private: true, defaultBranch: 'main' }]);
});

test('finds the repositories of an organization that the account belongs to', async () => {
  await connect('marina-costa');
  const found = await customer.get<RepositoryPage>('/v1/sources/github/repositories?search=QRCODE');
  expect(found.items.map(({ repository }) => repository)).toEqual(['zarpa-exemplos/bot-qrcode']);
  const none = await customer.get<RepositoryPage>('/v1/sources/github/repositories?search=nothing-like-it');
  expect(none).toEqual({ items: [], nextPage: null });
});

test('shows branches, commits and folders of a public repository to a guest', async () => {
  const base = '/v1/sources/github/repositories/ana/monorepo';
  const branches = await customer.get<BranchList>(`${base}/branches`);
  expect(branches).toMatchObject({ defaultBranch: 'main' });
  expect(branches.items.map(({ name }) => name).sort()).toEqual(['feature/x', 'main']);
  const commits = await customer.get<CommitList>(`${base}/commits?branch=feature%2Fx`);
  expect(commits.items[0]?.message).toContain('Muda o bot');
  expect((await customer.get<FolderList>(`${base}/folders?branch=main`)).items).toEqual(['bots/dois', 'bots/um']);
  expect(await customer.refused('GET', `${base}/commits?branch=nope`)).toBe('branch_not_found');
});

test('says how a repository would be built, or what was looked for', async () => {
  const detect = (rootDirectory: string) =>
    customer.post<DetectedBuildPlan>('/v1/sources/github/detect', {
      repository: 'ana/monorepo',
      branch: 'main',
      rootDirectory,
    });
  const found = await detect('bots/um');
  expect(found.plan).toMatchObject({ runtime: 'node', rootDirectory: 'bots/um' });
  expect(found.plan?.dockerfile).toContain('FROM');
  expect((await detect('')).failure?.lookedFor).toContain('package.json');
  expect((await detect('nope')).failure?.code).toBe('root_directory_missing');
});

test('a private repository is open to whoever may read it at GitHub, and to nobody else', async () => {
  const input = { repository: 'ana/segredo' };
  await expect(customer.create(input)).rejects.toThrow('branch_not_found');
  expect(await customer.refused('GET', '/v1/sources/github/repositories/ana/segredo/branches')).toBe(
    'repository_not_found',
  );
  await connect('ana');
  const tap = await CommandTap.open(api.env);
  const instance: InstanceView = await customer.create(input);
  const { desired } = await tap.next(instance.instanceId);
  await tap.close();
  const address = desired.deployment?.source.archiveUrl ?? '';
  const archive = await fetch(address, { redirect: 'manual' });
  expect(archive.status).toBe(302);
  expect((await fetch(archive.headers.get('location') ?? '')).ok).toBe(true);
  await customer.call('DELETE', '/v1/sources/github');
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(404);
});

test('an archive’s address opens nothing else and not for ever', async () => {
  const instance = await customer.create({ repository: 'ana/monorepo' });
  const id = instance.latestDeployment?.deploymentId;
  const get = async (query: string) => (await (await fetch(`${api.url}/archives/${id}?${query}`)).json()) as object;
  expect(await get(`expires=${Date.now() + 1e6}&ticket=forged`)).toMatchObject({ code: 'ticket_invalid' });
  expect(await get('')).toMatchObject({ code: 'invalid_input' });
});
