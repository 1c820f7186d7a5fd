import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify, startTimeOf } from './process-identity.ts';
import { takeRunLock } from './run-lock.ts';
import { openSecrets } from './secrets.ts';
import { openWorkspace } from './workspace.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'zarpa-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const open = (name?: string) => openWorkspace({ ZARPA_HOME: home, ZARPA_NAME: name });

describe('a checkout', () => {
  test('keeps the name that it got the first time', () => {
    expect(open().name).toMatch(/^zarpa_[0-9a-f]{8}$/);
    expect(open().name).toBe(open().name);
    expect(open('mine').name).toBe('mine');
  });

  test('keeps the secrets that it made the first time, where only their owner reads them', () => {
    const secrets = openSecrets(open());
    expect(openSecrets(open())).toEqual(secrets);
    expect(statSync(path.join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(secrets.ENVIRONMENT_KEYS).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
  });

  test('never replaces secrets that it cannot read', () => {
    writeFileSync(path.join(home, 'secrets.json'), '{"TICKET');
    expect(() => openSecrets(open())).toThrow(/secrets\.json cannot be read/);
  });
});

describe('a start', () => {
  test('is refused while another one runs in the checkout, with its process id', () => {
    takeRunLock(open());
    expect(() => takeRunLock(open())).toThrow(`as process ${process.pid}.`);
  });

  test('finds the apps that a killed start left running', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const gone = { pid: process.pid, startedAt: 'another time' };
    const api = identify(child.pid ?? 0);
    writeFileSync(path.join(home, 'run.json'), JSON.stringify({ owner: gone, apps: { api, web: gone } }));
    expect(takeRunLock(open()).leftovers).toEqual({ api });
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('leaves nothing behind that would refuse the next', () => {
    takeRunLock(open()).release();
    expect(takeRunLock(open()).leftovers).toEqual({});
  });
});

test('the start time is read behind a command that holds spaces and brackets', () => {
  const rest = ['S', ...Array.from({ length: 18 }, (_, index) => String(index)), '987654', '0'].join(' ');
  expect(startTimeOf(`12 (a) b (c)) ${rest}`)).toBe('987654');
  expect(startTimeOf(`12 (gone) ${rest.replace('S', 'Z')}`)).toBeUndefined();
});
