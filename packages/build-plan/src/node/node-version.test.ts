import { describe, expect, it } from 'vitest';
import { codesOf, findingValue, planOf } from '../testing/plan-of.ts';

const bot = { 'index.js': '', 'package.json': { main: 'index.js' } };
const withEngines = (node: unknown) => ({ 'index.js': '', 'package.json': { main: 'index.js', engines: { node } } });

describe('the version of Node', () => {
  it.each([
    ['>=18', '24', 'runtime_version_found'],
    ['^22.3.0', '22', 'runtime_version_found'],
    ['>=20 <23', '22', 'runtime_version_found'],
    ['20.x', '20', 'runtime_version_found'],
    ['18.x || 20.x', '20', 'runtime_version_found'],
    ['16.x', '20', 'runtime_version_unsupported'],
    ['>=26', '24', 'runtime_version_unsupported'],
    ['newest please', '24', 'runtime_version_unreadable'],
    ['*', '24', 'runtime_version_default'],
    [20, '24', 'runtime_version_default'],
  ])('for engines.node %j is %s', (range, version, code) => {
    const plan = planOf(withEngines(range));
    expect(plan.runtimeVersion).toBe(version);
    expect(codesOf(plan)).toContain(code);
    expect(plan.dockerfile).toContain(`FROM node:${version}-bookworm-slim AS base\n`);
  });

  it.each([
    ['v22.4.0\n', '22'],
    ['lts/iron', '20'],
    ['lts/*', '24'],
    ['# comment\r\n22\r\n', '22'],
  ])('for .nvmrc %j is %s', (text, version) => {
    expect(planOf({ ...bot, '.nvmrc': text }).runtimeVersion).toBe(version);
  });

  it('is raised where Node has to run TypeScript', () => {
    const plan = planOf({ 'index.ts': '', 'package.json': { main: 'index.ts', engines: { node: '20' } } });
    expect(plan).toMatchObject({ runtimeVersion: '24', startCommand: 'node index.ts' });
    expect(codesOf(plan)).toEqual(expect.arrayContaining(['type_stripping', 'runtime_version_raised_for_typescript']));
    expect(findingValue(plan, 'type_stripping')).toBe('index.ts');
  });
});
