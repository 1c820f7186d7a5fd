import { describe, expect, it } from 'vitest';
import { codesOf, failureOf, findingValue, planOf } from '../testing/plan-of.ts';

const dependencies = { tsx: '4', baileys: '7.0.0', typescript: '7' };
const withScripts = (scripts: Record<string, unknown>) => ({
  'index.js': '',
  'package.json': { scripts, dependencies },
});

describe('the start script', () => {
  it.each([
    ['node index.js', 'node index.js'],
    ['node .', 'node .'],
    ['NODE_ENV=production node index.js', 'env NODE_ENV=production node index.js'],
    ['cross-env A=1 B=2 node index.js', 'env A=1 B=2 node index.js'],
    ['tsx index.js', './node_modules/.bin/tsx index.js'],
    ['npx -y tsx index.js', './node_modules/.bin/tsx index.js'],
    ['nodemon index.js', 'node index.js'],
    ['pm2 start index.js', 'node index.js'],
    ['nodemon index.ts', './node_modules/.bin/tsx index.ts'],
    ['bun index.js', 'npx --yes bun@1 index.js'],
    ['bash run.sh', 'bash run.sh'],
    ['node -r dotenv/config "my bot.js"', "node -r dotenv/config 'my bot.js'"],
  ])('%j becomes %j', (script, expected) => {
    expect(planOf(withScripts({ start: script })).startCommand).toBe(expected);
  });

  it.each([
    'node a.js & node b.js',
    'node index.js | tee log',
    'unknown-program',
    'nodemon --exec ts-node index.ts',
    'sleep 1 && node index.js',
  ])('%j stays with npm', (script) => {
    const plan = planOf(withScripts({ start: script }));
    expect(plan.startCommand).toBe('npm run start');
    expect(findingValue(plan, 'start_kept_in_npm')).toBe('start');
    expect(plan.dockerfile).toContain('CMD ["npm","run","start"]');
  });

  it('is followed through other scripts', () => {
    expect(planOf(withScripts({ start: 'npm run bot', bot: 'yarn prod', prod: 'node index.js' })).startCommand).toBe(
      'node index.js',
    );
  });

  it('that calls itself ends', () => {
    expect(planOf(withScripts({ start: 'npm start' })).startCommand).toBe('npm run start');
  });

  it('named like a property of every object is not found by accident', () => {
    expect(planOf(withScripts({ start: 'npm run constructor' })).startCommand).toBe('npm run constructor');
  });

  it('leaves out what only restarts on changes and says so', () => {
    expect(findingValue(planOf(withScripts({ start: 'nodemon index.js' })), 'supervisor_replaced')).toBe('nodemon');
  });
});

describe('building', () => {
  it.each([
    [{ start: 'tsc && node dist/index.js' }, 'npx tsc'],
    [{ start: 'npm run build && node dist/index.js', build: 'tsc' }, 'npm run build'],
    [{ start: 'tsc && node dist/index.js', build: 'tsc' }, 'npm run build'],
    [{ prestart: 'npm run compile', start: 'node dist/index.js', compile: 'tsc' }, 'npm run compile'],
    [{ start: 'node dist/index.js', build: 'tsup' }, 'npm run build'],
  ])('of %j happens once, before the start', (scripts, buildCommand) => {
    expect(planOf(withScripts(scripts))).toMatchObject({ buildCommand, startCommand: 'node dist/index.js' });
  });

  it('is by tsc when TypeScript has no build script and the start needs one', () => {
    const files = { 'tsconfig.json': '{}', 'src/index.ts': '' };
    const plan = planOf({ ...files, 'package.json': { scripts: { start: 'node dist/index.js' }, dependencies } });
    expect(plan).toMatchObject({ buildCommand: 'npx tsc', startCommand: 'node dist/index.js' });
    expect(planOf({ ...files, 'package.json': { main: './dist/index.js' } }).buildCommand).toBe(
      'npx --yes --package typescript tsc',
    );
  });

  it('is not needed for a TypeScript file that Node runs itself', () => {
    const plan = planOf({
      'tsconfig.json': '{}',
      'src/index.ts': '',
      'package.json': { scripts: { start: 'node src/index.ts' } },
    });
    expect(plan.buildCommand).toBeNull();
    expect(codesOf(plan)).toContain('type_stripping');
  });

  it('does not hide that the file to start is missing', () => {
    expect(findingValue(planOf(withScripts({ start: 'node gone.js' })), 'start_file_missing')).toBe('gone.js');
    expect(codesOf(planOf(withScripts({ start: 'node index' })))).not.toContain('start_file_missing');
  });

  it('keeps devDependencies: NODE_ENV is for running alone', () => {
    const { dockerfile, environment } = planOf(withScripts({ start: 'node index.js', build: 'tsc' }));
    expect(environment.NODE_ENV).toBe('production');
    expect(dockerfile.indexOf('NODE_ENV')).toBeGreaterThan(dockerfile.indexOf('\nFROM base\n'));
  });
});

describe('without a start script', () => {
  it.each([
    [{ 'package.json': { main: './lib/bot.js' }, 'lib/bot.js': '', 'index.js': '' }, 'node lib/bot.js'],
    [{ 'package.json': { main: 'gone.js' }, 'bot.js': '' }, 'node bot.js'],
    [{ 'package.json': {}, 'src/index.js': '' }, 'node src/index.js'],
    [{ 'package.json': { devDependencies: { tsx: '4' } }, 'src/index.ts': '' }, './node_modules/.bin/tsx src/index.ts'],
    [{ 'main.js': '' }, 'node main.js'],
  ])('%j starts %s', (files, startCommand) => {
    expect(planOf(files).startCommand).toBe(startCommand);
  });

  it('and without an entry file the failure names what was looked for', () => {
    const failure = failureOf({ 'package.json': {}, 'readme.md': '' });
    expect(failure).toMatchObject({ code: 'no_start_command', file: 'package.json' });
    expect(failure.lookedFor).toEqual(expect.arrayContaining(['Procfile', 'index.js', 'package.json: scripts.start']));
  });
});

describe("the owner's commands", () => {
  it('win over all that was detected', () => {
    const files = {
      ...withScripts({ start: 'node index.js', build: 'tsc' }),
      'squarecloud.app': 'START=node x.js',
      Procfile: 'web: y',
    };
    expect(planOf(files, { install: 'npm i', build: 'make', start: 'node other.js' })).toMatchObject({
      installCommand: 'npm i',
      buildCommand: 'make',
      startCommand: 'node other.js',
    });
  });

  it('find the programs of the dependencies', () => {
    expect(planOf(withScripts({}), { start: 'tsx bot.ts' }).startCommand).toBe('./node_modules/.bin/tsx bot.ts');
  });

  it('of several lines stop at the first failure', () => {
    expect(planOf(withScripts({}), { build: 'make a\nmake b' }).buildCommand).toBe('make a && make b');
  });
});
