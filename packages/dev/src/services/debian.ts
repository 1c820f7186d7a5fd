import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { errorText, Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';
import { startDebianPostgresql } from './debian-postgresql.ts';
import { startDebianRabbitmq } from './debian-rabbitmq.ts';
import { startDebianRedis } from './debian-redis.ts';
import { type ServiceName, services } from './service.ts';

const starters: Readonly<Record<ServiceName, (port: number) => Promise<void>>> = {
  postgresql: startDebianPostgresql,
  rabbitmq: startDebianRabbitmq,
  redis: startDebianRedis,
};

/** Whether Debian's package manager is here. */
export function hasApt(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query');
}

/** Installs those of Debian's packages that are missing, saying so first. Needs root. */
export async function installDebianPackages(packages: readonly string[]): Promise<void> {
  const installed = await Promise.all(packages.map(isInstalled));
  const missing = packages.filter((_, index) => !installed[index]);
  if (missing.length === 0) return;
  report('Debian', `installing ${missing.join(', ')} (apt-get install -y ${missing.join(' ')})`);
  await apt(['update']);
  await apt(['install', '-y', '--no-install-recommends', ...missing]);
}

/** Starts an installed service on a port, without systemd. */
export async function startDebianService(service: ServiceName, port: number): Promise<void> {
  try {
    await starters[service](port);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { title, variable } = services[service];
    throw new Problem(
      `${title} is installed but could not be started on port ${port}: ${errorText(error)}\nStart it yourself, or set ${variable} to one that runs elsewhere.`,
      { cause: error },
    );
  }
}

async function isInstalled(name: string): Promise<boolean> {
  const { stdout } = await execa('dpkg-query', ['--status', name], { reject: false, stdin: 'ignore' });
  return /^Status: install ok installed$/m.test(stdout);
}

async function apt(args: readonly string[]): Promise<void> {
  const result = await execa('apt-get', ['-q', ...args], {
    reject: false,
    stdin: 'ignore',
    all: true,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 900_000,
  });
  if (!result.failed) return;
  const tail = (result.all ?? '').split('\n').slice(-15).join('\n');
  throw new Problem(
    `apt-get ${args.join(' ')} failed:\n${tail}\nCorrect it, or install the packages by hand, then run the command again.`,
    { cause: result },
  );
}
