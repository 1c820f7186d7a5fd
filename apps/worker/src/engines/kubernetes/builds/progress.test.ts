import { describe, expect, it } from 'vitest';
import { type OutputRecord, ProgressReader } from './progress.ts';
import { vertexKind } from './progress-event.ts';

const vertex = (digest: string, name: string, change: object = {}) =>
  JSON.stringify({ vertexes: [{ digest, name, started: '2026-11-20T10:00:00.5Z', ...change }] });
const printed = (digest: string, text: string) =>
  JSON.stringify({
    logs: [
      { vertex: digest, stream: 1, data: Buffer.from(text).toString('base64'), timestamp: '2026-11-20T10:00:01Z' },
    ],
  });
const done = { completed: '2026-11-20T10:00:02Z' };

const read = (...lines: string[]) => {
  const progress = new ProgressReader({ installCommand: 'npm ci' });
  const records = lines.flatMap((line) => progress.push(line, 1_000));
  return { progress, records };
};
const texts = (records: readonly OutputRecord[]) => records.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));

describe('vertexKind', () => {
  it.each([
    ['[build 4/6] RUN --mount=type=cache,target=/root/.npm npm ci', { kind: 'command', command: 'npm ci' }],
    ['[build 4/6] RUN ["sh","-c","echo \\"a b\\" > c"]', { kind: 'command', command: 'echo "a b" > c' }],
    ['[linux/amd64 build 2/3] COPY . /app', { kind: 'instruction', instruction: 'COPY . /app' }],
    ['[base 1/1] FROM docker.io/library/node:24@sha256:00ff', { kind: 'base', image: 'docker.io/library/node:24' }],
    ['[internal] load metadata for docker.io/library/nope:1', { kind: 'base', image: 'docker.io/library/nope:1' }],
    ['[internal] load .dockerignore', { kind: 'aside' }],
    ['[stage-2 2/3] LINK COPY --link --from=build /app /app', { kind: 'aside' }],
    ['importing cache manifest from registry.test/a/b:cache', { kind: 'aside' }],
    ['exporting cache to registry', { kind: 'aside' }],
    ['[linux/amd64] generating sbom using registry.test/sbom', { kind: 'aside' }],
    ['exporting to image', { kind: 'publish' }],
  ])('reads %j', (name, kind) => {
    expect(vertexKind(name)).toEqual(kind);
  });
});

describe('ProgressReader', () => {
  it('puts a heading before what a command prints, and cuts its output into lines', () => {
    const { records } = read(
      vertex('a', '[build 4/6] RUN npm ci'),
      printed('a', 'added 1 '),
      printed('a', 'package\r\nlast'),
      vertex('a', '[build 4/6] RUN npm ci', done),
    );
    expect(texts(records)).toEqual(['$ npm ci', 'added 1 package', 'last']);
    expect(records[0]).toMatchObject({ kind: 'notice', data: { code: 'command', step: 'install', command: 'npm ci' } });
    expect(records[1]).toMatchObject({ kind: 'line', at: Date.parse('2026-11-20T10:00:01Z') });
  });

  it('says when a command was not run again', () => {
    const { records } = read(vertex('a', '[build 4/6] RUN npm run build', { ...done, cached: true }));
    expect(texts(records)).toEqual(['$ npm run build (cached)']);
    expect(records[0]?.data).toMatchObject({ step: 'build', cached: 'true' });
  });

  it('keeps the output of commands apart that run side by side', () => {
    const { records } = read(
      vertex('a', '[a 1/1] RUN one'),
      vertex('b', '[b 1/1] RUN two'),
      printed('a', 'from '),
      printed('b', 'of b\n'),
      printed('a', 'a\n'),
    );
    expect(texts(records)).toEqual(['$ one', '$ two', 'of b', 'from a']);
  });

  it('knows when publishing began', () => {
    const { progress, records } = read(vertex('a', '[build 1/1] RUN x', done), vertex('p', 'exporting to image'));
    expect(progress).toMatchObject({
      buildStartedAt: Date.parse('2026-11-20T10:00:00.5Z'),
      publishStartedAt: expect.any(Number),
    });
    expect(records.at(-1)?.data).toEqual({ code: 'publishing' });
  });

  it('remembers what failed first, and its output, but no missing cache and nothing that was cancelled', () => {
    const { progress } = read(
      vertex('i', 'importing cache manifest from registry.test/b:cache', { ...done, error: 'not found' }),
      vertex('c', '[a 1/2] RUN other', { ...done, error: 'process did not complete: context canceled' }),
      vertex('a', '[build 4/6] RUN npm ci'),
      printed('a', '\u001b[31mno such package\u001b[39m\n'),
      vertex('a', '[build 4/6] RUN npm ci', {
        ...done,
        error: 'process "npm ci" did not complete successfully: exit code: 1',
      }),
      vertex('b', '[build 5/6] RUN later', { ...done, error: 'another' }),
    );
    expect(progress.failure()).toMatchObject({
      vertex: { command: 'npm ci' },
      output: 'no such package\n',
      error: expect.stringContaining('exit code: 1'),
    });
  });

  it('names the command that was cut off', () => {
    const { progress } = read(vertex('a', '[a 1/2] RUN one', done), vertex('b', '[a 2/2] RUN two'));
    expect(progress.failure()).toMatchObject({ vertex: { command: 'two' }, error: '' });
    progress.push(vertex('b', '[a 2/2] RUN two', { ...done, error: 'context canceled' }), 0);
    expect(progress.failure()).toMatchObject({ vertex: { command: 'two' }, error: '' });
  });

  it('malformed input: takes what is no progress as plain lines', () => {
    const { records, progress } = read('{"vertexes":"none"}', '{broken', 'error: failed to solve: no');
    expect(texts(records)).toEqual(['{"vertexes":"none"}', '{broken', 'error: failed to solve: no']);
    expect(progress.lastError).toBe('failed to solve: no');
  });
});
