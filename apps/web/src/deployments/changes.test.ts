import type { DeploymentView } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { changesBetween, predecessorOf } from './changes.ts';

const plan: NonNullable<DeploymentView['buildPlan']> = {
  version: 1,
  runtime: 'node',
  runtimeVersion: '24',
  packageManager: 'npm',
  rootDirectory: '',
  installCommand: 'npm ci',
  buildCommand: null,
  startCommand: 'node index.js',
  systemPackages: [],
  environment: {},
  suggestions: { name: null, memoryMb: null },
  findings: [],
  dockerfile: '',
};
const first: DeploymentView = {
  deploymentId: 'dep_1',
  instanceId: 'inst_1',
  number: 1,
  trigger: 'created',
  repository: 'zarpa/bot',
  branch: 'main',
  rootDirectory: '',
  commit: { sha: 'a'.repeat(40), message: 'um', author: 'Ana', authorAvatarUrl: null, committedAt: null, url: null },
  overrides: { install: null, build: null, start: null },
  planId: 'development',
  memoryMb: 256,
  variableNames: ['TOKEN'],
  status: 'succeeded',
  reason: null,
  steps: [],
  buildPlan: plan,
  reusedArtifact: false,
  rollbackOf: null,
  current: false,
  canRollback: true,
  createdAt: '2026-03-01T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
};

test('the same recipe is no change', () => {
  expect(changesBetween(first, { ...first, number: 2 })).toEqual([]);
});

test('tells each thing that differs', () => {
  const second: DeploymentView = {
    ...first,
    number: 2,
    commit: { ...first.commit, sha: 'b'.repeat(40) },
    rootDirectory: 'bots/um',
    buildPlan: { ...plan, buildCommand: 'npm run build', runtimeVersion: '22' },
    planId: 'essencial',
    memoryMb: 512,
    variableNames: ['PREFIX', 'TOKEN'],
  };
  expect(changesBetween(first, second)).toEqual([
    { field: 'commit', before: 'a'.repeat(40), after: 'b'.repeat(40) },
    { field: 'folder', before: '', after: 'bots/um' },
    { field: 'runtime', before: 'node 24', after: 'node 22' },
    { field: 'build', before: null, after: 'npm run build' },
    {
      field: 'plan',
      before: { planId: 'development', memoryMb: 256 },
      after: { planId: 'essencial', memoryMb: 512 },
    },
    { field: 'variables', added: ['PREFIX'], removed: [] },
  ]);
});

test('commands are not compared while one has no plan yet', () => {
  expect(changesBetween(first, { ...first, buildPlan: null })).toEqual([]);
});

test('the predecessor is the newest older one that went live', () => {
  const all = [4, 3, 2, 1].map(
    (number) => ({ ...first, number, status: number === 3 ? 'failed' : 'succeeded' }) as const,
  );
  expect(predecessorOf({ number: 4 }, all)?.number).toBe(2);
  expect(predecessorOf({ number: 1 }, all)).toBeUndefined();
});
