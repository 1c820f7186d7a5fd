import type { InstanceView } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { applyListView, readListView, writeListView } from './list-view.ts';

function instance(name: string, change: Partial<InstanceView> = {}): InstanceView {
  return {
    instanceId: `inst_${name}`,
    name,
    source: {
      kind: 'repository',
      repository: 'marina/bots',
      branch: 'main',
      rootDirectory: '',
      autoDeploy: true,
      url: null,
    },
    overrides: { install: null, build: null, start: null },
    planId: 'development',
    memoryMb: 256,
    clusterId: 'local',
    generation: 1,
    desiredState: 'running',
    state: 'running',
    reason: null,
    exitCode: null,
    restarts: 0,
    startedAt: null,
    nextStartAt: null,
    settling: false,
    currentDeployment: null,
    latestDeployment: null,
    redeployNeeded: false,
    qr: null,
    deletedAt: null,
    restorableUntil: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

const names = (list: readonly InstanceView[]) => list.map((item) => item.name);
const all = readListView(new URLSearchParams());

test('what needs attention comes first, then by name', () => {
  const list = [instance('b'), instance('c', { state: 'stopped' }), instance('a')];
  expect(names(applyListView(list, all))).toEqual(['c', 'a', 'b']);
});

test('deleted ones show up under their own filter alone', () => {
  const list = [instance('a'), instance('gone', { state: 'deleted', desiredState: 'deleted' })];
  expect(names(applyListView(list, all))).toEqual(['a']);
  expect(names(applyListView(list, { ...all, filter: 'deleted' }))).toEqual(['gone']);
});

test('a search finds every word in name or repository, whatever its accents', () => {
  const list = [instance('Promoção'), instance('Avisos')];
  expect(names(applyListView(list, { ...all, search: 'promocao BOTS' }))).toEqual(['Promoção']);
  expect(names(applyListView(list, { ...all, search: 'promocao outro' }))).toEqual([]);
});

test('the address keeps the view, and leaves defaults out', () => {
  const view = { search: 'eco', filter: 'attention', sort: 'name' } as const;
  expect(readListView(new URLSearchParams(writeListView(view)))).toEqual(view);
  expect(writeListView(all)).toBe('');
  expect(readListView(new URLSearchParams('state=nonsense&sort=1'))).toEqual(all);
});

test('names count as people do', () => {
  const list = [instance('bot 10'), instance('bot 9'), instance('Bot 1')];
  expect(names(applyListView(list, { ...all, sort: 'name' }))).toEqual(['Bot 1', 'bot 9', 'bot 10']);
});

test('newest first', () => {
  const list = [instance('old'), instance('new', { createdAt: '2026-02-01T00:00:00.000Z' })];
  expect(names(applyListView(list, { ...all, sort: 'created' }))).toEqual(['new', 'old']);
});
