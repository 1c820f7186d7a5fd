import type { Settings } from '../settings.ts';
import { Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';
import { waitUntil } from '../terminal/wait-until.ts';
import type { Secrets } from '../workspace/secrets.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { composeUp, dockerAnswers } from './compose.ts';
import { hasApt, installDebianPackages, startDebianService } from './debian.ts';
import { ensureOwnRole } from './debian-postgresql.ts';
import { decideSource, type Means, type Source } from './decide-source.ts';
import { postgresCandidates, probePostgresql } from './probe-postgresql.ts';
import { probeRabbitmq } from './probe-rabbitmq.ts';
import { probeRedis } from './probe-redis.ts';
import { type Probe, placeOf, type ServiceName, serviceNames, services } from './service.ts';

const startDeadlineMs = 90_000;

export interface Installation {
  readonly workspace: Workspace;
  readonly secrets: Secrets;
  readonly settings: Settings;
}

/** Addresses of servers that answer, by service. */
export type FoundServices = Readonly<Record<ServiceName, string>>;

/** Finds each service, or starts it where this machine can; says what it does, and what to do where it cannot. */
export async function findServices(installation: Installation): Promise<FoundServices> {
  const probes = await probeAll(installation);
  const means = serviceNames.every((name) => probes[name].state === 'answers') ? noMeans : await findMeans();
  const sources = mapServices((service) =>
    decideSource({
      service,
      probe: probes[service],
      port: portOf(service, installation.settings),
      fromEnvironment: installation.settings[services[service].variable] !== undefined,
      means,
    }),
  );
  refuseMissing(sources);
  await bringUp(sources, installation);
  const found = await Promise.all(serviceNames.map((service) => settle(service, sources[service], installation)));
  return Object.fromEntries(found) as Record<ServiceName, string>;
}

const noMeans: Means = { docker: false, apt: false, root: false };

async function findMeans(): Promise<Means> {
  return { docker: await dockerAnswers(), apt: hasApt(), root: process.getuid?.() === 0 };
}

async function probeAll(installation: Installation): Promise<Record<ServiceName, Probe>> {
  const [postgresql, rabbitmq, redis] = await Promise.all(serviceNames.map((name) => probe(name, installation)));
  const absent: Probe = { state: 'absent' };
  return { postgresql: postgresql ?? absent, rabbitmq: rabbitmq ?? absent, redis: redis ?? absent };
}

function probe(service: ServiceName, { settings, secrets, workspace }: Installation): Promise<Probe> {
  const given = settings[services[service].variable]?.reveal();
  const port = portOf(service, settings);
  switch (service) {
    case 'postgresql': {
      const ownRole = { name: workspace.name, password: secrets.POSTGRES_ROLE_PASSWORD };
      const candidates = given ? [given] : postgresCandidates({ port, environment: process.env, ownRole });
      return probePostgresql(candidates, workspace.name);
    }
    case 'rabbitmq':
      return probeRabbitmq(given ?? `amqp://guest:guest@127.0.0.1:${port}`);
    case 'redis':
      return probeRedis(given ?? `redis://127.0.0.1:${port}`);
  }
}

function portOf(service: ServiceName, settings: Settings): number {
  return settings[services[service].portVariable];
}

function refuseMissing(sources: Readonly<Record<ServiceName, Source>>): void {
  const advice = serviceNames.flatMap((name) => {
    const source = sources[name];
    return source.use === 'nothing' ? [source.advice] : [];
  });
  if (advice.length > 0) throw new Problem(advice.join('\n'));
}

async function bringUp(sources: Readonly<Record<ServiceName, Source>>, installation: Installation): Promise<void> {
  const using = (use: Source['use']) => serviceNames.filter((name) => sources[name].use === use);
  const compose = using('compose').map((name) => services[name].composeService);
  if (compose.length > 0) {
    report('Docker', `starting ${compose.join(', ')} (docker compose up)`);
    await composeUp(compose);
  }
  const debian = using('debian');
  if (debian.length > 0) await installDebianPackages(debian.map((name) => services[name].debianPackage));
  for (const name of debian) {
    if ((await probe(name, installation)).state !== 'absent') continue;
    const port = portOf(name, installation.settings);
    report(services[name].title, `starting Debian's ${services[name].debianPackage} on 127.0.0.1:${port}`);
    await startDebianService(name, port);
  }
}

/** Waits until the service answers, and lets us in. */
async function settle(
  service: ServiceName,
  source: Source,
  installation: Installation,
): Promise<readonly [ServiceName, string]> {
  const { title } = services[service];
  if (source.use === 'found') {
    report(title, `${source.version} found at ${placeOf(source.url)}`);
    return [service, source.url];
  }
  const answer = await waitUntil({
    what: `${title} to answer`,
    timeoutMs: startDeadlineMs,
    attempt: async () => {
      const now = await probe(service, installation);
      if (now.state === 'refuses' && service === 'postgresql') await makeOwnRole(installation);
      return now.state === 'answers' ? now : undefined;
    },
  });
  const how = source.use === 'own-role' ? 'found' : 'started';
  const stays = how === 'started' ? '; it stays when Zarpa stops' : '';
  report(title, `${answer.version} ${how} at ${placeOf(answer.url)}${stays}`);
  return [service, answer.url];
}

async function makeOwnRole({ workspace, secrets, settings }: Installation): Promise<void> {
  report('PostgreSQL', `creating the role ${workspace.name} (as its account postgres)`);
  await ensureOwnRole({
    name: workspace.name,
    password: secrets.POSTGRES_ROLE_PASSWORD,
    port: settings.ZARPA_POSTGRES_PORT,
  });
}

function mapServices<T>(map: (service: ServiceName) => T): Record<ServiceName, T> {
  return { postgresql: map('postgresql'), rabbitmq: map('rabbitmq'), redis: map('redis') };
}
