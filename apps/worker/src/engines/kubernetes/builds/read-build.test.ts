import type { Pod, PodStatus } from 'kubernetes-types/core/v1';
import { describe, expect, it } from 'vitest';
import type { SourceOutcome } from '../../../builder/source-outcome.ts';
import { aBuildPlan } from '../../local/testing/builders.ts';
import { ProgressReader } from './progress.ts';
import { readBuild } from './read-build.ts';
import { testSettings } from './testing/settings.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const planned: SourceOutcome = {
  outcome: 'planned',
  buildPlan: aBuildPlan,
  startedAt: 1_000,
  fetchedAt: 2_000,
  endedAt: 3_000,
};

const pod = (status: PodStatus): Pod => ({ metadata: { name: 'p' }, status });
const running = { running: { startedAt: '1970-01-01T00:00:04Z' } };
const ended = (exitCode: number, change: object = {}) => ({
  terminated: { exitCode, finishedAt: '1970-01-01T00:00:20Z', ...change },
});
const container = (name: string, state: object) => ({
  name,
  state,
  image: '',
  imageID: '',
  ready: false,
  restartCount: 0,
});
const failedPod = (exitCode: number, change: Partial<PodStatus> = {}, end: object = {}): Pod =>
  pod({ phase: 'Failed', containerStatuses: [container('build', ended(exitCode, end))], ...change });

function progressOf(...vertexes: object[]): ProgressReader {
  const progress = new ProgressReader({ installCommand: 'npm ci' });
  for (const vertex of vertexes) {
    progress.push(
      JSON.stringify({ vertexes: [{ digest: JSON.stringify(vertex), started: '1970-01-01T00:00:05Z', ...vertex }] }),
      0,
    );
  }
  return progress;
}

const read = (of: { pod: Pod | null; source?: SourceOutcome | null; progress?: ProgressReader }) =>
  readBuild({ job: {}, source: planned, progress: progressOf(), settings: testSettings(), ...of });
const reasonOf = (of: Parameters<typeof read>[0]) => {
  const { outcome } = read(of);
  return outcome.state === 'failed' ? outcome.reason : outcome;
};

describe('readBuild', () => {
  it('is queued until something runs', () => {
    expect(read({ pod: null, source: null }).outcome).toEqual({ state: 'queued' });
    expect(read({ pod: pod({ phase: 'Pending' }), source: null })).toMatchObject({
      outcome: { state: 'queued' },
      steps: {},
    });
  });

  it('goes through the steps with their times', () => {
    const fetching = pod({ phase: 'Pending', initContainerStatuses: [container('source', running)] });
    expect(read({ pod: fetching, source: null })).toMatchObject({
      outcome: { state: 'running', step: 'fetch' },
      steps: { fetch: { startedAt: 4_000, finishedAt: null } },
    });
    const building = pod({ phase: 'Running', containerStatuses: [container('build', running)] });
    expect(read({ pod: building })).toEqual({
      outcome: { state: 'running', step: 'build' },
      buildPlan: aBuildPlan,
      steps: {
        fetch: { startedAt: 1_000, finishedAt: 2_000 },
        plan: { startedAt: 2_000, finishedAt: 3_000 },
        build: { startedAt: 3_000, finishedAt: null },
      },
    });
    expect(read({ pod: building, progress: progressOf({ name: 'exporting to image' }) })).toMatchObject({
      outcome: { state: 'running', step: 'publish' },
      steps: { build: { finishedAt: 5_000 }, publish: { startedAt: 5_000, finishedAt: null } },
    });
  });

  it('takes the digest of what was pushed from the termination message', () => {
    const done = pod({ phase: 'Running', containerStatuses: [container('build', ended(0, { message: digest }))] });
    expect(read({ pod: done }).outcome).toEqual({ state: 'pushed', digest, buildPlan: aBuildPlan });
  });

  it('hands on what the source said', () => {
    const reason = { code: 'source_too_large' as const, params: {} };
    const times = { startedAt: 1, fetchedAt: null, endedAt: 2 };
    expect(reasonOf({ pod: failedPod(1), source: { outcome: 'failed', reason, ...times } })).toEqual(reason);
    expect(read({ pod: failedPod(1), source: { outcome: 'address-expired', ...times } }).outcome).toEqual({
      state: 'address-expired',
    });
  });

  it.each([
    [
      'RUN npm run build',
      'process did not complete successfully: exit code: 3',
      'build_failed',
      { command: 'npm run build', exitCode: '3' },
    ],
    ['RUN npm ci', 'exit code: 1', 'install_failed', { command: 'npm ci', exitCode: '1' }],
    ['RUN npm run build', 'exit code: 137', 'build_out_of_memory', { command: 'npm run build', limitMb: '1024' }],
    ['COPY nothing /', '"/nothing": not found', 'build_failed', { command: 'COPY nothing /', exitCode: '' }],
    ['FROM docker.io/library/nope', 'not found', 'base_image_not_found', { image: 'docker.io/library/nope' }],
    [
      'FROM docker.io/library/node',
      'dial tcp: lookup: no such host',
      'engine_error',
      { detail: 'dial tcp: lookup: no such host' },
    ],
  ])('%s that ended with %j is %s', (instruction, error, code, params) => {
    const progress = progressOf({ name: `[build 1/2] ${instruction}`, completed: '1970-01-01T00:00:06Z', error });
    expect(reasonOf({ pod: failedPod(1), progress })).toEqual({ code, params });
  });

  it('tells a registry that refuses from a build that fails', () => {
    const progress = progressOf({
      name: 'exporting to image',
      completed: '1970-01-01T00:00:06Z',
      error: 'push: unexpected status: 403 Forbidden',
    });
    expect(reasonOf({ pod: failedPod(1), progress })).toMatchObject({ code: 'registry_refused' });
  });

  it('believes the node about memory, disk and time, and names the command under way', () => {
    const progress = progressOf({ name: '[build 1/2] RUN sleep 600' });
    const limit = { command: 'sleep 600' };
    expect(reasonOf({ pod: failedPod(137, {}, { reason: 'OOMKilled' }), progress })).toMatchObject({
      code: 'build_out_of_memory',
      params: limit,
    });
    expect(reasonOf({ pod: failedPod(143, { reason: 'DeadlineExceeded' }), progress })).toMatchObject({
      code: 'build_timed_out',
      params: limit,
    });
    const message = 'Usage of EmptyDir volume "state" exceeds the limit "3Gi". ';
    expect(reasonOf({ pod: failedPod(137, { reason: 'Evicted', message }), progress })).toMatchObject({
      code: 'build_too_large',
    });
    const pressure = 'The node was low on resource: memory.';
    expect(reasonOf({ pod: failedPod(137, { reason: 'Evicted', message: pressure }), progress })).toMatchObject({
      code: 'engine_error',
    });
  });

  it('ends a build that prints without end', () => {
    const progress = progressOf();
    progress.push('x'.repeat(10 * 1_048_576), 0);
    const building = pod({ phase: 'Running', containerStatuses: [container('build', running)] });
    expect(reasonOf({ pod: building, progress })).toMatchObject({ code: 'build_output_too_large' });
  });

  it('names a base image that is not allowed, though BuildKit reports no step for it', () => {
    const progress = progressOf();
    const image = 'registry.test:5000/bots/other';
    const why = 'could not resolve image due to policy: source denied by policy';
    const line = `error: failed to solve: ${image}@sha256:00ff: failed to resolve source metadata for ${image}@sha256:00ff: ${why}`;
    progress.push(line, 0);
    expect(reasonOf({ pod: failedPod(1), progress })).toEqual({ code: 'base_image_not_found', params: { image } });
  });

  it('blames a wrong Dockerfile, and only else itself', () => {
    const progress = progressOf();
    progress.push('error: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN', 0);
    expect(reasonOf({ pod: failedPod(1), progress })).toMatchObject({
      code: 'invalid_file',
      params: { file: 'Dockerfile' },
    });
    expect(reasonOf({ pod: failedPod(70) })).toEqual({ code: 'engine_error', params: {} });
  });
});
