import { describe, expect, it } from 'vitest';
import { codesOf, failureOf, planOf } from './testing/plan-of.ts';

describe('a repository with a Dockerfile', () => {
  const files = {
    Dockerfile: 'FROM scratch\nCMD ["/x"]\n',
    'package.json': '{',
    'squarecloud.app': 'MEMORY=256\nDISPLAY_NAME=X',
  };

  it('is built by it, whatever else it has', () => {
    const plan = planOf(files);
    expect(plan).toMatchObject({
      runtime: 'docker',
      dockerfile: files.Dockerfile,
      startCommand: null,
      runtimeVersion: null,
    });
    expect(plan.suggestions).toEqual({ name: 'X', memoryMb: 256 });
  });

  it("is started by the owner's command and says that the others do not count", () => {
    const plan = planOf(files, { start: '/y', install: 'make' });
    expect(plan).toMatchObject({ startCommand: '/y', installCommand: null });
    expect(codesOf(plan)).toContain('override_ignored');
  });

  it('is refused when the Dockerfile builds from nothing', () => {
    expect(failureOf({ Dockerfile: '# empty\n' })).toMatchObject({ code: 'invalid_file', file: 'Dockerfile' });
  });
});

describe('failures', () => {
  it('name what was looked for', () => {
    const failure = failureOf({ 'README.md': '', 'main.go': '' });
    expect(failure).toMatchObject({ code: 'unrecognised_repository', file: null });
    expect(failure.lookedFor).toEqual(
      expect.arrayContaining([
        'Dockerfile',
        'package.json',
        'requirements.txt',
        'Procfile',
        'squarecloud.app',
        'index.js',
        'main.py',
      ]),
    );
  });

  it('include an empty repository', () => {
    expect(failureOf({}).code).toBe('unrecognised_repository');
  });

  it('tell a missing folder and one outside', () => {
    expect(failureOf({ 'index.js': '' }, { rootDirectory: 'bot' })).toMatchObject({ code: 'root_directory_missing' });
    expect(failureOf({ 'index.js': '' }, { rootDirectory: '../x' })).toMatchObject({ code: 'root_directory_missing' });
  });

  it.each([
    ['{ "a": ', 'not valid JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
  ])('tell what is wrong with package.json %j', (text, detail) => {
    const failure = failureOf({ 'package.json': text });
    expect(failure).toMatchObject({ code: 'invalid_file', file: 'package.json' });
    expect(failure.detail).toContain(detail);
  });
});

it('reads package.json with a byte order mark and with parts of wrong types', () => {
  const text =
    '\uFEFF{"scripts":{"start":"node index.js","x":5},"dependencies":[],"engines":"24","main":7,"workspaces":3}';
  expect(planOf({ 'package.json': text, 'index.js': '' }).startCommand).toBe('node index.js');
});

it('plans a folder of a repository by the files of that folder', () => {
  const plan = planOf(
    { 'package.json': '{', 'my bot/main.py': '', 'my bot/requirements.txt': 'x' },
    { rootDirectory: './my bot/' },
  );
  expect(plan.rootDirectory).toBe('my bot');
  expect(plan.dockerfile).toContain('WORKDIR /app/my bot\nCOPY ["my bot/requirements.txt","./"]\n');
});

it('writes a Dockerfile whose last stage only links finished layers', () => {
  const { dockerfile } = planOf({
    'package.json': { scripts: { start: 'node index.js' } },
    'index.js': '',
    'package-lock.json': '',
  });
  expect(dockerfile).toMatchInlineSnapshot(`
    "# This Dockerfile follows from the build plan; a file named Dockerfile in the repository takes its place.
    FROM node:24-bookworm-slim AS base

    FROM base AS build
    WORKDIR /data
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN --mount=type=cache,target=/root/.npm npm ci
    COPY . /app

    FROM base
    ENV HOME=/tmp
    ENV DATA_DIR=/data
    ENV NODE_ENV=production
    WORKDIR /app
    COPY --link --from=build --chown=10001:10001 /data /data
    COPY --link --from=build --chown=10001:10001 /app /app
    USER 10001:10001
    CMD ["node","index.js"]
    "
  `);
});
