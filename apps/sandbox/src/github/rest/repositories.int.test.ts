import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putRepository } from '../../test-support/repository.ts';
import { type RunningSandbox, runSandbox } from '../../test-support/sandbox.ts';

const sampleNames = [
  'bot-clima-python',
  'bot-eco-node',
  'bot-lembretes-ts',
  'bot-qrcode',
  'bot-que-cai',
  'bot-sorteio-squarecloud',
  'monorepo-atendimento',
];

describe('repositories through Octokit', () => {
  let sandbox: RunningSandbox;
  let token: string;

  beforeAll(async () => {
    sandbox = await runSandbox();
    token = await sandbox.signIn('marina-costa');
    await putRepository(sandbox.repositories, 'marina-costa/history', {
      commits: [
        { 'a.txt': 'one\n', 'src/b.txt': 'b\n' },
        { 'a.txt': 'one\ntwo\n' },
        { 'src/c.js': 'console.log(1)\n' },
      ],
    });
  });
  afterAll(() => sandbox.stop());

  test('says who the token belongs to', async () => {
    const { data, headers } = await sandbox.octokit(token).users.getAuthenticated();
    expect(data).toMatchObject({ login: 'marina-costa', type: 'User', email: 'marina.costa@example.com' });
    expect(headers['x-ratelimit-limit']).toBe('5000');
    const emails = await sandbox.octokit(token).users.listEmailsForAuthenticatedUser();
    expect(emails.data).toEqual([
      { email: 'marina.costa@example.com', primary: true, verified: true, visibility: 'private' },
    ]);
  });

  test('lists own and organization repositories, all pages of them', async () => {
    const octokit = sandbox.octokit(token);
    const all = await octokit.paginate(octokit.repos.listForAuthenticatedUser, { per_page: 3 });
    expect(all.map((repository) => repository.full_name)).toEqual([
      'marina-costa/history',
      ...sampleNames.map((name) => `zarpa-exemplos/${name}`),
    ]);
    const first = await octokit.repos.listForAuthenticatedUser({ per_page: 3 });
    expect(first.headers.link).toMatch(
      /<http[^>]+[?&]page=2[^>]*>; rel="next", <http[^>]+[?&]page=3[^>]*>; rel="last"/,
    );
  });

  test('sorts by the last push and restricts by affiliation', async () => {
    const octokit = sandbox.octokit(token);
    const pushed = await octokit.repos.listForAuthenticatedUser({ sort: 'pushed', affiliation: 'organization_member' });
    const times = pushed.data.map((repository) => repository.pushed_at ?? '');
    expect(times).toHaveLength(sampleNames.length);
    expect(times).toEqual(times.toSorted().reverse());
    await expect(octokit.request('GET /user/repos?sort=stars')).rejects.toMatchObject({ status: 422 });
  });

  test('shows a newcomer without repositories an empty list', async () => {
    const lia = sandbox.octokit(await sandbox.signIn('lia-nunes'));
    expect((await lia.repos.listForAuthenticatedUser()).data).toEqual([]);
    expect((await lia.repos.listForUser({ username: 'zarpa-exemplos' })).data).toHaveLength(sampleNames.length);
  });

  test('searches by owner and part of the name', async () => {
    const octokit = sandbox.octokit(token);
    const found = await octokit.search.repos({ q: 'clima user:zarpa-exemplos in:name' });
    expect(found.data.items.map((item) => item.name)).toEqual(['bot-clima-python']);
    await expect(octokit.search.repos({ q: 'user:nobody-here' })).rejects.toMatchObject({ status: 422 });
    await expect(octokit.request('GET /search/repositories')).rejects.toMatchObject({ status: 422 });
  });

  test('reads a repository without regard to case', async () => {
    const { data } = await sandbox.octokit(token).repos.get({ owner: 'ZARPA-exemplos', repo: 'Bot-Lembretes-TS' });
    expect(data).toMatchObject({
      full_name: 'zarpa-exemplos/bot-lembretes-ts',
      default_branch: 'main',
      language: 'TypeScript',
      private: false,
      permissions: { push: true },
    });
  });

  test('lists commits newest first, of a path, and of a page', async () => {
    const octokit = sandbox.octokit(token);
    const history = { owner: 'marina-costa', repo: 'history' };
    const all = await octokit.repos.listCommits(history);
    expect(all.data.map(({ commit }) => commit.message)).toEqual(['Commit 3', 'Commit 2', 'Commit 1']);
    const ofPath = await octokit.repos.listCommits({ ...history, path: 'a.txt' });
    expect(ofPath.data.map(({ commit }) => commit.message)).toEqual(['Commit 2', 'Commit 1']);
    const second = await octokit.repos.listCommits({ ...history, sha: 'main', per_page: 1, page: 2 });
    expect(second.data.map(({ commit }) => commit.message)).toEqual(['Commit 2']);
    expect(second.headers.link).toContain('rel="next"');
  });

  test('knows the person behind a commit of the samples', async () => {
    const { data } = await sandbox
      .octokit()
      .repos.getCommit({ owner: 'zarpa-exemplos', repo: 'bot-qrcode', ref: 'main' });
    expect(data.author?.login).toBe('diego-ramos');
    expect(data.files?.map((file) => file.filename)).toEqual(['README.md']);
    expect(data.commit.author?.date).toBe('2026-11-03T21:05:00Z');
  });

  test('compares two commits', async () => {
    const octokit = sandbox.octokit(token);
    const history = { owner: 'marina-costa', repo: 'history' };
    const [head, , first] = (await octokit.repos.listCommits(history)).data.map(({ sha }) => sha);
    const { data } = await octokit.repos.compareCommitsWithBasehead({ ...history, basehead: `${first}...main` });
    expect(data).toMatchObject({ status: 'ahead', ahead_by: 2, behind_by: 0, total_commits: 2 });
    expect(data.commits.map(({ commit }) => commit.message)).toEqual(['Commit 2', 'Commit 3']);
    expect(data.files).toMatchObject([
      { filename: 'a.txt', status: 'modified', additions: 1, deletions: 0, patch: '@@ -1 +1,2 @@\n one\n+two' },
      { filename: 'src/c.js', status: 'added', additions: 1 },
    ]);
    const back = await octokit.repos.compareCommitsWithBasehead({ ...history, basehead: `${head}...${first}` });
    expect(back.data).toMatchObject({ status: 'behind', behind_by: 2, files: [] });
  });

  test('reads trees, folders and files of any reference', async () => {
    const octokit = sandbox.octokit(token);
    const history = { owner: 'marina-costa', repo: 'history' };
    const tree = await octokit.git.getTree({ ...history, tree_sha: 'main', recursive: '1' });
    expect(tree.data.tree.map(({ path, type }) => `${type} ${path}`)).toEqual([
      'blob a.txt',
      'tree src',
      'blob src/b.txt',
      'blob src/c.js',
    ]);
    expect(tree.data.truncated).toBe(false);
    const folder = await octokit.repos.getContent({ ...history, path: 'src' });
    expect(folder.data).toMatchObject([{ path: 'src/b.txt', type: 'file', size: 2 }, { path: 'src/c.js' }]);
    const [, , first] = (await octokit.repos.listCommits(history)).data;
    const file = await octokit.repos.getContent({ ...history, path: 'a.txt', ref: first?.sha ?? '' });
    const { content, encoding } = file.data as { content: string; encoding: BufferEncoding };
    expect(Buffer.from(content, encoding).toString()).toBe('one\n');
    const raw = await octokit.repos.getContent({ ...history, path: 'a.txt', mediaType: { format: 'raw' } });
    expect(raw.data).toBe('one\ntwo\n');
  });

  test('makes, reads and deletes a branch whose name has a slash', async () => {
    const octokit = sandbox.octokit(token);
    const history = { owner: 'marina-costa', repo: 'history' };
    const sha = (await octokit.repos.getBranch({ ...history, branch: 'main' })).data.commit.sha;
    await octokit.git.createRef({ ...history, ref: 'refs/heads/feature/novo', sha });
    expect((await octokit.repos.getBranch({ ...history, branch: 'feature/novo' })).data.commit.sha).toBe(sha);
    expect((await octokit.git.getRef({ ...history, ref: 'heads/feature/novo' })).data.object.sha).toBe(sha);
    const names = (await octokit.repos.listBranches(history)).data.map(({ name }) => name);
    expect(names).toEqual(['feature/novo', 'main']);
    await expect(octokit.git.createRef({ ...history, ref: 'refs/heads/feature/novo', sha })).rejects.toMatchObject({
      status: 422,
    });
    await octokit.git.deleteRef({ ...history, ref: 'heads/feature/novo' });
    await expect(octokit.repos.getBranch({ ...history, branch: 'feature/novo' })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('writes a file only on top of the version that was read', async () => {
    const octokit = sandbox.octokit(token);
    const target = { owner: 'marina-costa', repo: 'history', path: 'src/novo.txt', message: 'Novo' };
    const content = Buffer.from('olá\n').toString('base64');
    const created = await octokit.repos.createOrUpdateFileContents({ ...target, content });
    expect(created.status).toBe(201);
    const again = octokit.repos.createOrUpdateFileContents({ ...target, content, sha: '0'.repeat(40) });
    await expect(again).rejects.toMatchObject({ status: 409 });
    const updated = await octokit.repos.createOrUpdateFileContents({
      ...target,
      content: Buffer.from('tchau\n').toString('base64'),
      sha: created.data.content?.sha ?? '',
    });
    expect(updated.status).toBe(200);
  });

  test('has no repository in an empty folder, and no commit in an empty repository', async () => {
    await putRepository(sandbox.repositories, 'marina-costa/empty', { commits: [] });
    const octokit = sandbox.octokit(token);
    const empty = { owner: 'marina-costa', repo: 'empty' };
    expect((await octokit.repos.get(empty)).data.size).toBe(0);
    expect((await octokit.repos.listBranches(empty)).data).toEqual([]);
    await expect(octokit.repos.listCommits(empty)).rejects.toMatchObject({ status: 409 });
  });
});
