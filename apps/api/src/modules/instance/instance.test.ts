import { newId } from '@zarpa/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Desired, type InstanceAction, transition } from './instance.ts';

const now = new Date('2026-01-10T12:00:00Z');
const restoreWindowMs = 48 * 3_600_000;
const clock = { now, restoreWindowMs };
const running: Desired = {
  desiredState: 'running',
  stateBeforeDelete: null,
  restartRevision: 3,
  desiredDeploymentId: newId('deployment'),
  deletedAt: null,
};
const paused: Desired = { ...running, desiredState: 'paused' };
const deleted: Desired = { ...running, desiredState: 'deleted', stateBeforeDelete: 'paused', deletedAt: now };
const after = (ms: number) => ({ now: new Date(now.getTime() + ms), restoreWindowMs });
const refusal = (code: string) => expect.objectContaining({ code });

test('pauses and resumes, and sends nothing where it is already so', () => {
  expect(transition(running, 'pause', clock)).toEqual({ desired: paused, command: 'instance.pause' });
  expect(transition(paused, 'resume', clock)).toEqual({ desired: running, command: 'instance.resume' });
  expect(transition(paused, 'pause', clock)).toBeNull();
  expect(transition(running, 'resume', clock)).toBeNull();
});

test('restarts once for each time that the owner asks, also a paused one', () => {
  expect(transition(running, 'restart', clock)?.desired.restartRevision).toBe(4);
  expect(transition(paused, 'restart', clock)?.desired).toMatchObject({ desiredState: 'running', restartRevision: 4 });
});

test('refuses to restart what has never been built', () => {
  expect(() => transition({ ...running, desiredDeploymentId: null }, 'restart', clock)).toThrow(
    refusal('instance_not_deployed'),
  );
});

test('restores to what it was before it was deleted', () => {
  const gone = transition(paused, 'delete', clock)?.desired;
  expect(gone).toEqual(deleted);
  expect(transition(deleted, 'restore', after(1000))).toEqual({ desired: paused, command: 'instance.pause' });
});

test('does not restore after the window, nor purge within it', () => {
  expect(() => transition(deleted, 'restore', after(restoreWindowMs))).toThrow(refusal('restore_window_over'));
  expect(() => transition(deleted, 'purge', after(restoreWindowMs - 1))).toThrow(refusal('instance_deleted'));
  expect(transition(deleted, 'purge', after(restoreWindowMs))?.command).toBe('instance.purge');
});

test('a deleted instance refuses everything but restore', () => {
  const actions: InstanceAction[] = ['deploy', 'pause', 'resume', 'restart', 'upgrade', 'delete'];
  for (const action of actions) {
    expect(() => transition(deleted, action, clock)).toThrow(refusal('instance_deleted'));
  }
});

test('nothing brings a purged instance back', () => {
  const action = fc.constantFrom<InstanceAction>('deploy', 'pause', 'resume', 'restart', 'delete', 'restore', 'purge');
  fc.assert(
    fc.property(action, fc.nat(), (each, ms) => {
      expect(() => transition({ ...deleted, desiredState: 'purged' }, each, after(ms))).toThrow(
        refusal('instance_not_found'),
      );
    }),
  );
});

test('whatever is done in whatever order, a live instance has no date of deletion', () => {
  const action = fc.constantFrom<InstanceAction>('pause', 'resume', 'restart', 'upgrade', 'delete', 'restore');
  fc.assert(
    fc.property(fc.array(action), (actions) => {
      const end = actions.reduce((state, each) => {
        try {
          return transition(state, each, clock)?.desired ?? state;
        } catch {
          return state;
        }
      }, running);
      expect(end.deletedAt === null).toBe(end.desiredState !== 'deleted');
      expect(end.stateBeforeDelete === null).toBe(end.desiredState !== 'deleted');
    }),
  );
});
