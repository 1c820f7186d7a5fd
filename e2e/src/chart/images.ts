import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestRegistry } from '@zarpa/test-cluster';
import { execa } from 'execa';
import { programs, root } from './programs.ts';

const tag = 'test';

export interface Images {
  /** Of api, worker, web and sandbox. */
  readonly repository: string;
  readonly tag: string;
  readonly digests: Readonly<Record<string, string>>;
  /** Stand-ins for images of Docker Hub that can not be pulled everywhere, by the name that they have there. */
  readonly services: Readonly<Record<'postgres' | 'rabbitmq' | 'redis', string>>;
}

/** Builds the platform of this checkout as `docker/build` does, and pushes it; what has not changed costs seconds. */
export async function buildImages(registry: TestRegistry): Promise<Images> {
  const { buildctl, buildkitHost } = programs;
  if (buildkitHost === null)
    throw new Error('These tests build images: set BUILDKIT_HOST to the address of a BuildKit.');
  const repository = `${registry.host}/zarpa-platform`;
  const { stdout } = await execa(path.join(root, 'docker/build'), [buildkitHost, repository, tag], {
    env: {
      BUILDCTL: buildctl,
      REGISTRY_USERNAME: registry.username,
      REGISTRY_PASSWORD: registry.password.reveal(),
      REGISTRY_INSECURE: String(registry.insecure),
    },
    stderr: 'ignore',
    timeout: 580_000,
  });
  const digests = Object.fromEntries(
    stdout.split('\n').map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf('@') + 1)]),
  );
  const names = ['postgres', 'rabbitmq', 'redis'] as const;
  for (const name of names)
    await buildStandIn({ registry, buildctl, buildkitHost, name, image: `${repository}/${name}:${tag}` });
  const [postgres, rabbitmq, redis] = names.map((name) => `${repository}/${name}:${tag}`) as [string, string, string];
  return { repository, tag, digests, services: { postgres, rabbitmq, redis } };
}

async function buildStandIn(options: {
  registry: TestRegistry;
  buildctl: string;
  buildkitHost: string;
  name: string;
  image: string;
}): Promise<void> {
  const { registry, buildctl, buildkitHost, name, image } = options;
  const folder = path.join(import.meta.dirname, 'images');
  const configFolder = await mkdtemp(path.join(tmpdir(), 'zarpa-docker-config-'));
  try {
    const auth = Buffer.from(`${registry.username}:${registry.password.reveal()}`).toString('base64');
    const config = { auths: { [registry.host]: { auth } } };
    await writeFile(path.join(configFolder, 'config.json'), JSON.stringify(config), { mode: 0o600 });
    const sources = [
      '--local',
      `context=${folder}`,
      '--local',
      `dockerfile=${folder}`,
      '--opt',
      `filename=${name}.Dockerfile`,
    ];
    const output = `type=image,name=${image},push=true,registry.insecure=${registry.insecure}`;
    await execa(buildctl, ['build', '--frontend', 'dockerfile.v0', ...sources, '--output', output], {
      env: { BUILDKIT_HOST: buildkitHost, DOCKER_CONFIG: configFolder },
      stdout: 'ignore',
      stderr: 'ignore',
      timeout: 300_000,
    });
  } finally {
    await rm(configFolder, { recursive: true, force: true });
  }
}
