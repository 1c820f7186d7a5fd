import { describe, expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.ts';

const install = (output: string) => classifyFailure({ step: 'install', command: 'npm ci', exitCode: 1, output });

describe('classifyFailure', () => {
  it.each([
    ["npm error code E404\nnpm error 404  'sharpp@^1.0.0' is not in this registry.", 'sharpp'],
    ["npm error 404  '@acme/private@*' is not in this registry.", '@acme/private'],
    [
      "npm error 404  The requested resource '@acme/bot@1' could not be found or you do not have permission",
      '@acme/bot',
    ],
    ['npm error code ETARGET\nnpm error notarget No matching version found for left-pad@^99.0.0.', 'left-pad'],
    ['npm error notarget No matching version found for @acme/thing@9.', '@acme/thing'],
    ['\u001b[31mERR_PNPM_FETCH_404\u001b[39m  GET https://registry.npmjs.org/sharpp: Not Found - 404', 'sharpp'],
    ['ERR_PNPM_FETCH_404  GET https://registry.npmjs.org/@acme%2Fprivate: Not Found - 404', '@acme/private'],
    ['error Couldn\'t find package "sharpp" on the "npm" registry.', 'sharpp'],
    ['error An unexpected error occurred: "https://registry.yarnpkg.com/sharpp: Not found".', 'sharpp'],
    ['error: GET https://registry.npmjs.org/sharpp - 404', 'sharpp'],
    ['ERROR: No matching distribution found for flaskk==1.0', 'flaskk'],
    ['  × No solution found\n  ╰─▶ Because flaskk was not found in the package registry', 'flaskk'],
  ])('finds the package that does not exist in %j', (output, name) => {
    expect(install(output)).toMatchObject({ code: 'dependency_not_found', params: { package: name } });
  });

  it('calls any other failed install just that', () => {
    expect(install('npm error code EUSAGE')).toEqual({
      code: 'install_failed',
      params: { command: 'npm ci', exitCode: '1' },
    });
  });

  it('blames no package for a network that is away', () => {
    const output = 'connection broken by NewConnectionError\nERROR: No matching distribution found for flask';
    expect(install(output).code).toBe('install_failed');
  });

  it('never blames a package for a failed build', () => {
    const output = 'No matching version found for left-pad@9.';
    const reason = classifyFailure({ step: 'build', command: 'npm run build', exitCode: 2, output });
    expect(reason).toEqual({ code: 'build_failed', params: { command: 'npm run build', exitCode: '2' } });
  });
});
