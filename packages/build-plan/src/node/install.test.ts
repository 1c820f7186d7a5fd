import { describe, expect, it } from 'vitest';
import { codesOf, findingValue, planOf } from '../testing/plan-of.ts';

const packageJson = { scripts: { start: 'node index.js' }, dependencies: { express: '5' } };
const bot = { 'index.js': '', 'package.json': packageJson };

describe('the package manager', () => {
  it.each([
    [{ 'package-lock.json': '' }, 'npm', 'npm ci'],
    [{ 'npm-shrinkwrap.json': '' }, 'npm', 'npm ci'],
    [{ 'pnpm-lock.yaml': '' }, 'pnpm', 'npx --yes pnpm@10 install --frozen-lockfile'],
    [{ 'yarn.lock': '' }, 'yarn', 'npx --yes yarn@1.22.22 install --frozen-lockfile'],
    [
      { 'yarn.lock': '', '.yarnrc.yml': '' },
      'yarn',
      'YARN_NODE_LINKER=node-modules npx --yes --package @yarnpkg/cli-dist@4 yarn install --immutable',
    ],
    [{ 'bun.lock': '' }, 'bun', 'npx --yes bun@1 install --frozen-lockfile'],
    [{ 'bun.lockb': '' }, 'bun', 'npx --yes bun@1 install --frozen-lockfile'],
    [{}, 'npm', 'npm install'],
  ])('follows %j', (lockfile, packageManager, installCommand) => {
    expect(planOf({ ...bot, ...lockfile })).toMatchObject({ packageManager, installCommand });
  });

  it('is the one of the packageManager field, in its version', () => {
    const plan = planOf({
      ...bot,
      'package.json': { ...packageJson, packageManager: 'pnpm@9.1.0+sha512.abc' },
      'package-lock.json': '',
    });
    expect(plan.installCommand).toBe('npx --yes pnpm@9.1.0 install');
    expect(codesOf(plan)).toContain('lockfile_missing');
  });

  it('is yarn berry from version 2 on', () => {
    const plan = planOf({ ...bot, 'package.json': { ...packageJson, packageManager: 'yarn@3.8.1' }, 'yarn.lock': '' });
    expect(plan.installCommand).toContain('@yarnpkg/cli-dist@3.8.1 yarn install --immutable');
  });

  it('takes no version that could carry a command', () => {
    const plan = planOf({
      ...bot,
      'package.json': { ...packageJson, packageManager: 'pnpm@1;id' },
      'pnpm-lock.yaml': '',
    });
    expect(plan.installCommand).toBe('npx --yes pnpm@10 install --frozen-lockfile');
  });

  it('has nothing to do where nothing is listed', () => {
    const plan = planOf({ 'index.js': '', 'package.json': { main: 'index.js' } });
    expect(plan.installCommand).toBeNull();
    expect(codesOf(plan)).toContain('no_dependencies');
  });
});

describe('the layer of dependencies', () => {
  it('is kept by manifest and lockfile', () => {
    const { dockerfile } = planOf({ ...bot, 'package-lock.json': '', '.npmrc': '' });
    expect(dockerfile).toContain(
      'COPY package.json .npmrc package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci\nCOPY . /app\n',
    );
  });

  it.each([
    [
      'install scripts',
      { ...bot, 'package.json': { ...packageJson, scripts: { postinstall: 'node x.js', start: 'node index.js' } } },
    ],
    ['local dependencies', { ...bot, 'package.json': { ...packageJson, dependencies: { lib: 'file:./lib' } } }],
    ['patches', { ...bot, 'patches/x.patch': '' }],
    ['committed node_modules', { ...bot, 'node_modules/x/index.js': '' }],
  ])('takes the whole repository first with %s', (_, files) => {
    expect(planOf(files).dockerfile).toContain('COPY . /app\nRUN --mount=type=cache,target=/root/.npm npm install\n');
  });
});

describe('system packages', () => {
  it('bring Chromium for WhatsApp Web and keep puppeteer from its own', () => {
    const plan = planOf({
      ...bot,
      'package.json': { ...packageJson, dependencies: { 'whatsapp-web.js': '1', puppeteer: '24' } },
      'package-lock.json': '',
    });
    expect(plan).toMatchObject({
      systemPackages: ['chromium'],
      installCommand: 'PUPPETEER_SKIP_DOWNLOAD=true npm ci',
      environment: {
        NODE_ENV: 'production',
        PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium',
        PUPPETEER_SKIP_DOWNLOAD: 'true',
      },
    });
    expect(plan.dockerfile).toContain('--no-install-recommends ca-certificates chromium &&');
    expect(plan.dockerfile).toContain('ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium');
  });

  it.each(['github:a/b', 'git+https://x.dev/a.git', 'a/b#main', 'https://github.com/a/b', 'git@github.com:a/b.git'])(
    'bring git for a dependency at %s',
    (range) => {
      const plan = planOf({ ...bot, 'package.json': { ...packageJson, dependencies: { lib: range } } });
      expect(plan.systemPackages).toEqual(['git']);
    },
  );

  it.each([
    ['^6.7.0', ['git']],
    ['7.0.0-rc14', []],
    ['latest', []],
  ])('for Baileys %s are %j', (range, packages) => {
    const plan = planOf({
      ...bot,
      'package.json': { ...packageJson, dependencies: { baileys: range, 'fluent-ffmpeg-x': '1' } },
    });
    expect(plan.systemPackages).toEqual(packages);
  });

  it('bring a compiler to the build stage alone', () => {
    const { dockerfile, systemPackages } = planOf({
      ...bot,
      'package.json': { ...packageJson, dependencies: { 'better-sqlite3': '12', 'fluent-ffmpeg': '2' } },
    });
    expect(systemPackages).toEqual(['ffmpeg']);
    expect(dockerfile).toMatch(
      /AS base\nRUN apt-get .* ca-certificates ffmpeg &&.*\n\nFROM base AS build\nRUN apt-get .* g\+\+ make python3 &&/,
    );
    expect(findingValue(planOf(bot), 'system_package_needed')).toBeUndefined();
  });
});
