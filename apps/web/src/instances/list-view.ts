import type { InstanceView } from '@zarpa/api-client';
import { needsAttention } from '@/instance/state.ts';

/** The filters of the list, in the order shown. */
export const filters = ['all', 'running', 'attention', 'paused', 'deleted'] as const;
export type Filter = (typeof filters)[number];

/** The orders of the list; the first is the default. */
export const sorts = ['attention', 'deployed', 'name', 'created'] as const;
export type Sort = (typeof sorts)[number];

/** What the address says about the list. */
export interface ListView {
  search: string;
  filter: Filter;
  sort: Sort;
}

/** Reads the list's part of the address; what it does not know is the default. */
export function readListView(query: Pick<URLSearchParams, 'get'>): ListView {
  const filter = filters.find((name) => name === query.get('state')) ?? 'all';
  const sort = sorts.find((name) => name === query.get('sort')) ?? 'attention';
  return { search: query.get('q') ?? '', filter, sort };
}

/** The address' query for a view; defaults are left out. */
export function writeListView({ search, filter, sort }: ListView): string {
  const query = new URLSearchParams();
  if (search !== '') query.set('q', search);
  if (filter !== 'all') query.set('state', filter);
  if (sort !== 'attention') query.set('sort', sort);
  return query.toString();
}

/** True where an instance belongs under a filter. Deleted ones show up under their own alone. */
export function matchesFilter(instance: InstanceView, filter: Filter): boolean {
  const deleted = instance.desiredState === 'deleted' || instance.desiredState === 'purged';
  if (filter === 'deleted') return deleted;
  if (deleted) return false;
  switch (filter) {
    case 'all':
      return true;
    case 'running':
      return instance.state === 'running';
    case 'attention':
      return needsAttention(instance);
    case 'paused':
      return instance.desiredState === 'paused';
  }
}

/** The instances that a view shows, in its order. */
export function applyListView(instances: readonly InstanceView[], view: ListView): InstanceView[] {
  const words = plain(view.search).split(/\s+/).filter(Boolean);
  return instances
    .filter((instance) => matchesFilter(instance, view.filter))
    .filter((instance) => {
      const text = plain(`${instance.name} ${instance.source.repository} ${instance.source.branch}`);
      return words.every((word) => text.includes(word));
    })
    .sort(comparers[view.sort]);
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const byNumberAndName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byName = (a: InstanceView, b: InstanceView): number => byNumberAndName.compare(a.name, b.name);
const lastDeploy = (instance: InstanceView): string => instance.latestDeployment?.createdAt ?? '';

const comparers: Record<Sort, (a: InstanceView, b: InstanceView) => number> = {
  attention: (a, b) => Number(needsAttention(b)) - Number(needsAttention(a)) || byName(a, b),
  deployed: (a, b) => lastDeploy(b).localeCompare(lastDeploy(a)) || byName(a, b),
  name: byName,
  created: (a, b) => b.createdAt.localeCompare(a.createdAt) || byName(a, b),
};
