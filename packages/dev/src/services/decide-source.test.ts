import { describe, expect, test } from 'vitest';
import { decideSource, type Means } from './decide-source.ts';
import type { Probe } from './service.ts';

const bare: Means = { docker: false, apt: false, root: false };
const debianRoot: Means = { docker: false, apt: true, root: true };
const everything: Means = { docker: true, apt: true, root: true };
const absent: Probe = { state: 'absent' };
const answers: Probe = { state: 'answers', url: 'postgres://someone:pass@127.0.0.1:5432', version: '15.8 (Debian)' };

function decide(probe: Probe, means: Means, rest: { fromEnvironment?: boolean; service?: 'rabbitmq' | 'redis' } = {}) {
  const { service = 'postgresql', fromEnvironment = false } = rest;
  return decideSource({ service, probe, port: 5432, fromEnvironment, means });
}

describe('a service comes from', () => {
  test('the server that answers, before anything is started', () => {
    expect(decide(answers, everything)).toEqual({ use: 'found', url: answers.url, version: answers.version });
  });

  test('Docker Compose, before packages are installed', () => {
    expect(decide(absent, everything)).toEqual({ use: 'compose' });
  });

  test("Debian's packages, where there is no Docker and we are root", () => {
    expect(decide(absent, debianRoot)).toEqual({ use: 'debian' });
  });

  test('a PostgreSQL that refuses the usual users, with a role of our own', () => {
    expect(decide({ state: 'refuses', detail: 'no' }, debianRoot)).toEqual({ use: 'own-role' });
  });
});

describe('where a service cannot be had, the advice', () => {
  const adviceOf = (...args: Parameters<typeof decide>) => {
    const source = decide(...args);
    return source.use === 'nothing' ? source.advice : `used ${source.use}`;
  };

  test('names the command for root on Debian', () => {
    expect(adviceOf(absent, { ...debianRoot, root: false })).toContain('as root: apt-get install -y postgresql');
  });

  test('names Docker and the variable elsewhere', () => {
    expect(adviceOf(absent, bare)).toMatch(/Start Docker.*set DATABASE_URL/);
  });

  test('says that the address of the environment leads nowhere, and starts nothing', () => {
    expect(adviceOf(absent, everything, { fromEnvironment: true })).toBe(
      'DATABASE_URL is set, but nothing answers there. Correct it, or unset it to let Zarpa look for PostgreSQL itself.',
    );
  });

  test('says that another program holds the port', () => {
    expect(adviceOf({ state: 'foreign', detail: 'odd' }, everything)).toMatch(/Port 5432 does not speak.*odd/);
  });

  test('names the setting when RabbitMQ refuses the user', () => {
    expect(adviceOf({ state: 'refuses', detail: 'it said no' }, everything, { service: 'rabbitmq' })).toContain(
      'Set RABBITMQ_URL',
    );
  });

  test('refuses a version that is too old, and never prints the password', () => {
    const old = { ...answers, version: '12.22' };
    expect(adviceOf(old, everything)).toBe(
      'PostgreSQL at 127.0.0.1:5432 is version 12.22, and Zarpa needs 13.0 or newer. Set DATABASE_URL to a newer one.',
    );
  });

  test.each([
    ['3.9.1', 'nothing'],
    ['3.10.8', 'found'],
    ['4.0.5', 'found'],
  ])('RabbitMQ %s is %s', (version, use) => {
    expect(decide({ ...answers, version }, bare, { service: 'rabbitmq' }).use).toBe(use);
  });
});
