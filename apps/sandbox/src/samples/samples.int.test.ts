import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuildPlan } from '@zarpa/build-plan';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBlob } from '../git/objects.ts';
import { listTree } from '../git/tree.ts';
import { type RunningSandbox, runSandbox } from '../test-support/sandbox.ts';
import { samples } from './history.ts';

const source = fileURLToPath(new URL('../../samples/', import.meta.url));

const expectedPlans = {
  'bot-eco-node': { runtime: 'node', packageManager: 'npm', startCommand: 'node index.js', buildCommand: null },
  'bot-lembretes-ts': {
    runtime: 'node',
    packageManager: 'npm',
    startCommand: 'node dist/index.js',
    buildCommand: 'npm run build',
  },
  'bot-clima-python': { runtime: 'python', packageManager: 'pip', startCommand: expect.stringContaining('main.py') },
  'bot-sorteio-squarecloud': {
    runtime: 'node',
    startCommand: 'node index.js',
    suggestions: { name: 'Bot Sorteio', memoryMb: 256 },
  },
  'monorepo-atendimento': { runtime: 'node', rootDirectory: 'apps/bot', startCommand: 'node src/index.js' },
  'bot-qrcode': { runtime: 'node', packageManager: 'npm', startCommand: 'node index.js' },
  'bot-que-cai': { runtime: 'node', startCommand: 'node index.js' },
};

describe('the sample repositories', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await runSandbox();
  });
  afterAll(() => sandbox.stop());

  test('are seven, with the same commits on every machine', async () => {
    const octokit = sandbox.octokit();
    const { data } = await octokit.repos.listForUser({ username: 'zarpa-exemplos' });
    expect(data.map(({ name }) => name).sort()).toEqual(samples.map(({ name }) => name).sort());
    const other = await runSandbox();
    const heads = [octokit, other.octokit()].map((one) =>
      one.repos.getBranch({ owner: 'zarpa-exemplos', repo: 'bot-eco-node', branch: 'main' }),
    );
    const [first, second] = await Promise.all(heads);
    await other.stop();
    expect(first?.data.commit.sha).toBe(second?.data.commit.sha);
  });

  test.each(Object.entries(expectedPlans))('%s gives the expected build plan', async (name, expected) => {
    const directory = path.join(sandbox.repositories, 'zarpa-exemplos', `${name}.git`);
    const entries = (await listTree(directory, 'main', true)).filter(({ type }) => type === 'blob');
    const contents = new Map<string, string>();
    for (const entry of entries) contents.set(entry.path, (await readBlob(directory, entry.sha)).toString('utf8'));
    const result = createBuildPlan({
      files: { paths: [...contents.keys()], read: (file) => contents.get(file) },
      rootDirectory: name === 'monorepo-atendimento' ? 'apps/bot' : '',
      overrides: { install: null, build: null, start: null },
    });
    expect(result).toMatchObject({ plan: expected });
    for (const [file, text] of contents) {
      if (file.endsWith('package-lock.json'))
        expect(text).not.toMatch(/"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/);
    }
  });
});

describe('the sample bots that need no installation', () => {
  let data: string;

  beforeAll(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'sandbox-bots-'));
  });
  afterAll(() => rm(data, { recursive: true, force: true }));

  const run = (name: string, command: string, args: string[]) =>
    execa(command, args, {
      cwd: path.join(source, name),
      env: {
        DATA_DIR: path.join(data, path.basename(name)),
        GREETING: 'not to be printed',
        PYTHONDONTWRITEBYTECODE: '1',
      },
      reject: false,
      lines: true,
    });

  test.each([
    ['bot-clima-python', 'python3', ['main.py'], /total: (\d+)/],
    ['bot-sorteio-squarecloud', 'node', ['index.js'], /Sorteio nº (\d+)/],
    ['monorepo-atendimento/apps/bot', 'node', ['src/index.js'], /protocolo (\d+)\] Resposta/],
  ] as const)('%s counts on after a polite stop', async (name, command, args, counter) => {
    for (const round of [1, 2]) {
      const bot = run(name, command, [...args]);
      for await (const line of bot) if (counter.test(line)) bot.kill('SIGTERM');
      const { exitCode, stdout } = await bot;
      expect(exitCode).toBe(0);
      const output = stdout.join('\n');
      expect(output).toContain('GREETING');
      expect(output).not.toContain('not to be printed');
      expect(output).toContain('Recebi SIGTERM');
      expect(Number(counter.exec(output)?.[1])).toBe(round);
    }
  });

  test('bot-que-cai ends with code 1 and a stack trace', async () => {
    const { exitCode, stdout, stderr, durationMs } = await run('bot-que-cai', 'node', ['index.js']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Lendo o próximo pedido da fila...');
    expect(stderr.join('\n')).toMatch(/Error: Pedido ilegível.*\n\s+at lerPedido/);
    expect(durationMs).toBeGreaterThan(2_500);
  });
});
