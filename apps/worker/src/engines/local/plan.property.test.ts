import { type DesiredInstance, type DesiredState, isFinal } from '@zarpa/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDeployment, aDesired } from './testing/builders.ts';
import { ModelEngine } from './testing/model-engine.ts';

const states: readonly DesiredState[] = ['running', 'running', 'running', 'paused', 'deleted', 'purged'];

/** What an owner does, each a new generation; a purge is the last thing that anybody does. */
const histories = fc
  .array(
    fc.record({
      state: fc.constantFrom(...states),
      version: fc.constantFrom('same', 'new', 'new', 'earlier', 'none'),
      restarts: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((changes) => {
    const commands: DesiredInstance[] = [];
    let desired = aDesired({ generation: 0 });
    for (const { state, version, restarts } of changes) {
      const versions = {
        same: desired.deployment,
        new: aDeployment(),
        earlier: commands.find(({ deployment }) => deployment !== null)?.deployment ?? desired.deployment,
        none: null,
      };
      desired = {
        ...desired,
        state,
        generation: desired.generation + 1,
        deployment: versions[version],
        restartRevision: desired.restartRevision + (restarts ? 1 : 0),
      };
      commands.push(desired);
      if (state === 'purged') break;
    }
    return commands;
  });

const happenings = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('command' as const), index: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('step' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('all-goes-well' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('build-fails', 'build-succeeds', 'bot-crashes', 'worker-dies', 'time-passes'),
    }),
  },
);

describe('plan: commands lost, doubled, reordered and delayed', () => {
  it('every instance ends in its newest desired state, and there are never two copies of a bot', () => {
    fc.assert(
      fc.property(histories, fc.array(happenings, { maxLength: 60 }), (commands, events) => {
        const engine = new ModelEngine();
        for (const event of events) {
          if (event.kind !== 'command') engine.happen(event.kind);
          else engine.take(commands[event.index % commands.length] ?? expect.unreachable());
        }
        const newest = commands.at(-1) ?? expect.unreachable();
        engine.take(newest);
        engine.comeToRest();
        for (const late of commands.slice(0, -1).toReversed()) engine.take(late);
        engine.comeToRest();

        expect(engine.sawTwoCopies).toBe(false);
        if (newest.state === 'purged') {
          expect(engine.record).toBeNull();
          expect(engine.tombstone?.desired.generation).toBe(newest.generation);
          expect(engine.alive).toBe(false);
          return;
        }
        expect(engine.record?.desired.generation).toBe(newest.generation);
        expect(isFinal(engine.record?.progress?.status ?? 'succeeded')).toBe(true);
        expect(engine.observed).toMatchObject({ generation: newest.generation, settled: true });
        if (newest.state !== 'running') {
          expect(engine.alive).toBe(false);
          expect(engine.observed?.state).toBe(newest.state);
        } else if (newest.deployment !== null && engine.record?.progress?.artifact != null) {
          expect(engine.observed?.state).toBe('running');
          expect(engine.record.run?.deploymentId).toBe(newest.deployment?.deploymentId);
          expect(engine.record.run?.restartRevision).toBeGreaterThanOrEqual(newest.restartRevision);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
