import { describe, expect, it } from 'vitest';
import { defaultCrashPolicy } from '../instance/crash-policy.ts';
import { afterExit, type Exit, exitReason } from './after-exit.ts';
import type { Run } from './record.ts';
import { runBegun } from './run-changes.ts';
import { aDesired, publishedRecord } from './testing/builders.ts';

const run: Run = {
  runId: 'run-1',
  deploymentId: aDesired().deployment?.deploymentId ?? expect.unreachable(),
  restartRevision: 0,
  startedAt: 0,
  process: null,
  stable: true,
  stopRequestedAt: null,
  killCause: null,
  logOffset: 0,
};
const exit = (change: Partial<Exit>): Exit => ({ exitCode: 1, heapExhausted: false, startFailed: false, ...change });
const code = (runChange: Partial<Run>, exitChange: Partial<Exit>) =>
  exitReason({ ...run, ...runChange }, exit(exitChange), 256)?.code;

describe('exitReason', () => {
  it('tells the ends of a bot apart', () => {
    expect(code({}, { exitCode: 1 })).toBe('crashed');
    expect(code({}, { exitCode: 0 })).toBe('exited_cleanly');
    expect(code({}, { exitCode: 137 })).toBe('killed');
    expect(code({}, { exitCode: null })).toBe('killed');
    expect(code({ killCause: 'out_of_memory' }, { exitCode: 137 })).toBe('out_of_memory');
    expect(code({}, { exitCode: 134, heapExhausted: true })).toBe('out_of_memory');
    expect(code({ stable: false }, { exitCode: 127 })).toBe('start_failed');
    expect(code({}, { startFailed: true })).toBe('start_failed');
    expect(code({ stopRequestedAt: 1 }, { exitCode: 143 })).toBeUndefined();
  });
});

describe('afterExit', () => {
  const published = publishedRecord(aDesired());
  const deploymentId = published.progress?.deploymentId ?? expect.unreachable();
  const version = {
    deploymentId,
    artifact: published.progress?.artifact ?? '',
    buildPlan: published.progress?.buildPlan ?? expect.unreachable(),
    environment: published.desired.deployment?.environment ?? expect.unreachable(),
  };
  const starting = { ...published, ...runBegun(published, version, 'run-1', 0) };

  it('fails the deployment that was just starting, and counts the crash', () => {
    const after = afterExit(starting, exit({ exitCode: 9 }), defaultCrashPolicy, 500);
    expect(after).toMatchObject({ run: null, restarts: 1, nextStartAt: 1_500, gaveUp: false });
    expect(after.progress).toMatchObject({
      status: 'failed',
      reason: { code: 'exited_during_start', params: { exitCode: '9', cause: 'crashed' } },
    });
  });

  it('counts no crash where it was asked to stop', () => {
    const stopping = { ...starting, run: starting.run && { ...starting.run, stopRequestedAt: 1 } };
    expect(afterExit(stopping, exit({ exitCode: 143 }), defaultCrashPolicy, 500)).toEqual({ run: null });
  });
});
