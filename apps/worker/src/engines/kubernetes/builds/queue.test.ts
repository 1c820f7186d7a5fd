import { newId, type OwnerId } from '@zarpa/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, askGraceMs, grantGraceMs, leave, type QueueEntry } from './queue.ts';

const limits = { perOwner: 2, perCluster: 3 };
const none: ReadonlySet<string> = new Set();

const entry = (change: Partial<QueueEntry> = {}): QueueEntry => ({
  deploymentId: newId('deployment'),
  instanceId: newId('instance'),
  ownerId: newId('owner'),
  queuedAt: 0,
  askedAt: 0,
  grantedAt: null,
  ending: false,
  ...change,
});

const asking = (
  entries: readonly QueueEntry[],
  build: QueueEntry,
  options: { jobs?: ReadonlySet<string>; now?: number } = {},
) => {
  const { deploymentId, instanceId, ownerId } = build;
  return ask({
    entries,
    build: { deploymentId, instanceId, ownerId },
    jobs: options.jobs ?? none,
    limits,
    now: options.now ?? 0,
  });
};

describe('the build queue', () => {
  it('gives a free slot at once, and says the same when asked again', () => {
    const build = entry();
    const first = asking([], build);
    expect(first).toMatchObject({ granted: true, changed: true });
    expect(asking(first.entries, build)).toMatchObject({ granted: true, changed: false });
  });

  it('makes an owner with as many builds as allowed wait, and nobody else', () => {
    const ownerId = newId('owner');
    const running = [entry({ ownerId, grantedAt: 0 }), entry({ ownerId, grantedAt: 0 })];
    expect(asking(running, entry({ ownerId })).granted).toBe(false);
    expect(asking(running, entry()).granted).toBe(true);
  });

  it('prefers the owner with the fewest builds under way, then who waits longest', () => {
    const busy = newId('owner');
    const waiting = [entry({ ownerId: busy, queuedAt: 1 }), entry({ queuedAt: 3 }), entry({ queuedAt: 2 })];
    const running = [entry({ ownerId: busy, grantedAt: 0 }), entry({ grantedAt: 0 })];
    const { entries } = asking([...running, ...waiting], entry({ queuedAt: 4 }), { now: 4 });
    expect(entries.find(({ grantedAt }) => grantedAt === 4)?.deploymentId).toBe(waiting[2]?.deploymentId);
  });

  it('takes back a slot whose holder made no Job, and keeps one that has a Job', () => {
    const held = [entry({ grantedAt: 0 }), entry({ grantedAt: 0 }), entry({ grantedAt: 0 })];
    const jobs = new Set(held.slice(1).map(({ deploymentId }) => deploymentId as string));
    expect(asking(held, entry(), { jobs, now: grantGraceMs }).granted).toBe(false);
    expect(asking(held, entry(), { jobs, now: grantGraceMs + 1 }).granted).toBe(true);
  });

  it('forgets who waits but asks no more', () => {
    const forgotten = entry();
    const { entries } = asking([forgotten], entry(), { now: askGraceMs + 1 });
    expect(entries).not.toContainEqual(expect.objectContaining({ deploymentId: forgotten.deploymentId }));
  });

  it('keeps the slot of a cancelled build until its Job is gone', () => {
    const [first, second, third] = [entry({ grantedAt: 0 }), entry({ grantedAt: 0 }), entry({ grantedAt: 0 })];
    const left = leave([first, second, third], first.deploymentId, { ending: true });
    expect(asking(left, entry(), { jobs: new Set([first.deploymentId]) }).granted).toBe(false);
    expect(asking(left, entry()).granted).toBe(true);
    expect(leave([first], first.deploymentId, { ending: false })).toEqual([]);
  });

  it('never lets more build than the limits say, in whatever order builds come, go and are cancelled', () => {
    const owners = [newId('owner'), newId('owner'), newId('owner')];
    const step = fc.record({
      kind: fc.constantFrom('ask', 'job', 'leave', 'gone'),
      owner: fc.nat(2),
      pick: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let entries: readonly QueueEntry[] = [];
        const jobs = new Set<string>();
        for (const [now, { kind, owner, pick }] of steps.entries()) {
          const picked = entries[pick % Math.max(1, entries.length)];
          if (kind === 'ask')
            entries = asking(entries, entry({ ownerId: owners[owner] as OwnerId }), { jobs, now }).entries;
          else if (picked === undefined) continue;
          else if (kind === 'job' && picked.grantedAt !== null && !picked.ending) jobs.add(picked.deploymentId);
          else if (kind === 'leave')
            entries = leave(entries, picked.deploymentId, { ending: jobs.has(picked.deploymentId) });
          else if (kind === 'gone' && picked.ending) jobs.delete(picked.deploymentId);
          const holding = entries.filter(({ grantedAt }) => grantedAt !== null);
          expect(holding.length).toBeLessThanOrEqual(limits.perCluster);
          for (const id of owners)
            expect(holding.filter(({ ownerId }) => ownerId === id).length).toBeLessThanOrEqual(limits.perOwner);
          expect(jobs.size).toBeLessThanOrEqual(limits.perCluster);
        }
      }),
    );
  });
});
