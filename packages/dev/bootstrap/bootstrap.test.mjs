import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explainFailure } from './bootstrap-problem.mjs';
import { installStamp } from './install.mjs';
import { readCached } from './toolchain.mjs';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'zarpa-bootstrap-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the stamp of an install', () => {
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  };

  test('changes with the lockfile and with any package.json, and with nothing else', () => {
    write('pnpm-lock.yaml', 'one');
    write('apps/api/package.json', '{}');
    const first = installStamp(directory);
    write('apps/api/src/main.ts', 'code');
    expect(installStamp(directory)).toBe(first);
    write('apps/api/package.json', '{"name":"api"}');
    const second = installStamp(directory);
    expect(second).not.toBe(first);
    write('pnpm-lock.yaml', 'two');
    const third = installStamp(directory);
    expect(third).not.toBe(second);
    write('packages/new/package.json', '{}');
    expect(installStamp(directory)).not.toBe(third);
  });
});

describe('the remembered toolchain', () => {
  const cacheFile = () => path.join(directory, 'toolchain.json');
  const remember = (cached) => writeFileSync(cacheFile(), JSON.stringify(cached));
  const wanted = 'node 24, pnpm 10.34.8';

  test('is used while both programs exist', () => {
    remember({ wanted, node: process.execPath, pnpm: process.execPath });
    expect(readCached(cacheFile())).toEqual({ node: process.execPath, pnpm: process.execPath });
  });

  test('is forgotten when a program is gone, versions changed, or the file is damaged', () => {
    remember({ wanted, node: process.execPath, pnpm: path.join(directory, 'gone') });
    expect(readCached(cacheFile())).toBeUndefined();
    remember({ wanted: 'node 22, pnpm 9', node: process.execPath, pnpm: process.execPath });
    expect(readCached(cacheFile())).toBeUndefined();
    writeFileSync(cacheFile(), '{"wan');
    expect(readCached(cacheFile())).toBeUndefined();
    expect(readCached(path.join(directory, 'none.json'))).toBeUndefined();
  });
});

test.each([
  ['npm error code ENOTFOUND', 'registry cannot be reached'],
  ['npm error code ENOSPC\nnpm error nospc', 'disk is full'],
  [' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', 'pnpm-lock.yaml does not match'],
  ['something else', 'The lines above say why'],
])('explains %j', (output, explanation) => {
  expect(explainFailure(output)).toContain(explanation);
});
