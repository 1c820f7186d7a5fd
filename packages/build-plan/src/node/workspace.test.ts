import { describe, expect, it } from 'vitest';
import { codesOf, findingValue, planOf } from '../testing/plan-of.ts';
import { matchesPath } from './workspace.ts';

describe('matchesPath', () => {
  it.each([
    ['packages/*', 'packages/bot', true],
    ['packages/*', 'packages/a/b', false],
    ['./apps/bot/', 'apps/bot', true],
    ['apps/**', 'apps/a/b/c', true],
    ['**', 'a/b', true],
    ['apps/bot-*', 'apps/bot-vendas', true],
    ['apps/*-bot', 'apps/vendas', false],
    ['apps/a', 'apps/ab', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  it('is not stalled by a pattern made to stall', () => {
    expect(matchesPath('*a'.repeat(90), `${'a'.repeat(250)}b`)).toBe(false);
  });
});

describe('a folder of a workspace', () => {
  const member = {
    'apps/bot/package.json': { scripts: { start: 'tsx bot.ts' }, devDependencies: { tsx: '4' } },
    'apps/bot/bot.ts': '',
  };
  const options = { rootDirectory: 'apps/bot' };

  it('installs the pnpm workspace with the lockfile of its root', () => {
    const workspace = {
      'pnpm-workspace.yaml': 'packages:\n  - "apps/*" # bots\nonlyBuiltDependencies: []\n',
      'pnpm-lock.yaml': '',
    };
    const plan = planOf({ ...member, ...workspace, 'package.json': { packageManager: 'pnpm@10.34.8' } }, options);
    expect(plan.installCommand).toBe('npx --yes pnpm@10.34.8 install --frozen-lockfile');
    expect(plan.startCommand).toBe('./node_modules/.bin/tsx bot.ts');
    expect(findingValue(plan, 'workspace_found')).toBe('');
    expect(plan.dockerfile).toContain('WORKDIR /app/apps/bot\nCOPY . /app\nRUN');
  });

  it('installs the npm workspace, whose programs may be above the folder', () => {
    const plan = planOf({ ...member, 'package.json': { workspaces: ['apps/*'] }, 'package-lock.json': '{}' }, options);
    expect(plan).toMatchObject({ installCommand: 'npm ci', startCommand: 'npm run start' });
  });

  it('builds the siblings that it depends on first', () => {
    const own = { scripts: { build: 'tsc', start: 'node bot.js' }, dependencies: { lib: 'workspace:*' } };
    const workspace = { 'pnpm-workspace.yaml': 'packages: [apps/*]', 'pnpm-lock.yaml': '' };
    const plan = planOf({ ...member, ...workspace, 'apps/bot/package.json': own }, options);
    expect(plan.buildCommand).toBe('npx --yes pnpm@10 --filter "{.}..." run build');
  });

  it('is left alone by a workspace that does not include it', () => {
    const workspace = { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - "!apps/bot"\n', 'pnpm-lock.yaml': '' };
    const plan = planOf({ ...member, ...workspace, 'apps/bot/pnpm-lock.yaml': '' }, options);
    expect(plan.installCommand).toBe('npx --yes pnpm@10 install --frozen-lockfile --ignore-workspace');
    expect(codesOf(plan)).not.toContain('workspace_found');
  });

  it('is installed by itself in a repository without a workspace', () => {
    const plan = planOf({ ...member, 'package-lock.json': '{}', 'apps/bot/yarn.lock': '' }, options);
    expect(plan.installCommand).toBe('npx --yes yarn@1.22.22 install --frozen-lockfile');
  });
});
