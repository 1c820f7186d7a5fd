import type { PlanView } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { detectionOf, emptyDraft, folderOf, hasRoom, nameOf, planOf } from './draft.ts';
import { readRepositoryAddress } from './repository-address.ts';
import { filledVariables, mergeVariables, variableProblem } from './variables.ts';

const plan = (planId: string, memoryMb: number, perOwnerLimit: number | null = null): PlanView => ({
  planId,
  name: planId,
  memoryMb,
  cpuMillis: 250,
  storageMb: 1024,
  priceCents: 0,
  currency: 'BRL',
  perOwnerLimit,
});
const plans = [plan('development', 256, 1), plan('essencial', 512), plan('profissional', 2048)];
const draft = emptyDraft('marina/bot-loja');

test('reads a repository from whatever people paste', () => {
  const expected = 'marina/bot-loja';
  expect(readRepositoryAddress('https://github.com/marina/bot-loja')).toBe(expected);
  expect(readRepositoryAddress(' https://github.com/marina/bot-loja.git ')).toBe(expected);
  expect(readRepositoryAddress('https://github.com/marina/bot-loja/tree/main/apps')).toBe(expected);
  expect(readRepositoryAddress('git@github.com:marina/bot-loja.git')).toBe(expected);
  expect(readRepositoryAddress('github.com/marina/bot-loja')).toBe(expected);
  expect(readRepositoryAddress('http://localhost:4302/marina/bot-loja')).toBe(expected);
  expect(readRepositoryAddress('marina/bot-loja')).toBe(expected);
  expect(readRepositoryAddress('marina')).toBeUndefined();
  expect(readRepositoryAddress('marina/..')).toBeUndefined();
  expect(readRepositoryAddress('')).toBeUndefined();
});

test('the name follows the repository until one is typed', () => {
  expect(nameOf(draft, null)).toBe('bot-loja');
  expect(nameOf(draft, 'Loja')).toBe('Loja');
  expect(nameOf({ ...draft, name: '' }, 'Loja')).toBe('');
});

test('the cheapest plan with room and enough memory is taken', () => {
  expect(planOf(draft, plans, [], null)?.planId).toBe('development');
  expect(planOf(draft, plans, [{ planId: 'development', desiredState: 'running' }], null)?.planId).toBe('essencial');
  expect(planOf(draft, plans, [], 1024)?.planId).toBe('profissional');
  expect(planOf(draft, plans, [], 9000)?.planId).toBe('profissional');
  expect(planOf({ ...draft, planId: 'profissional' }, plans, [], null)?.planId).toBe('profissional');
  expect(hasRoom(plan('development', 256, 1), [{ planId: 'development', desiredState: 'purged' }])).toBe(true);
});

test('nothing is detected before repository and branch are known', () => {
  expect(detectionOf(draft, undefined, '')).toBeUndefined();
  expect(detectionOf(draft, 'main', undefined)).toBeUndefined();
  expect(
    detectionOf({ ...draft, commands: { install: ' ', build: '', start: 'node bot.js' } }, 'main', 'apps/bot'),
  ).toEqual({
    repository: 'marina/bot-loja',
    branch: 'main',
    rootDirectory: 'apps/bot',
    overrides: { install: null, build: null, start: 'node bot.js' },
  });
});

test('the folder is the root where it is a bot, else the first that is', () => {
  expect(folderOf(draft, undefined)).toBeUndefined();
  expect(folderOf(draft, [])).toBe('');
  expect(folderOf(draft, ['', 'apps/bot'])).toBe('');
  expect(folderOf(draft, ['apps/bot', 'apps/panel'])).toBe('apps/bot');
  expect(folderOf({ ...draft, rootDirectory: '' }, ['apps/bot'])).toBe('');
});

test('a variable needs a name that shells take, once', () => {
  const rows = [
    { name: 'A', value: '1' },
    { name: 'A', value: '2' },
  ];
  expect(variableProblem({ name: 'A', value: '1' }, rows)).toBe('twice');
  expect(variableProblem({ name: '1A', value: '' }, rows)).toBe('name');
  expect(variableProblem({ name: '', value: 'x' }, rows)).toBe('name');
  expect(variableProblem({ name: '', value: '' }, rows)).toBeNull();
});

test('a pasted file replaces known names and fills the rest', () => {
  const rows = [
    { key: 'a', name: 'A', value: '1' },
    { key: 'b', name: '', value: '' },
  ];
  const merged = mergeVariables(rows, [
    { name: 'A', value: '2' },
    { name: 'B', value: '3' },
  ]);
  expect(filledVariables(merged)).toEqual([
    { name: 'A', value: '2' },
    { name: 'B', value: '3' },
  ]);
});
