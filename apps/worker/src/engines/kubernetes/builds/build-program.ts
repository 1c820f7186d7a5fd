import { createHash } from 'node:crypto';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { label } from '../names.ts';
import { buildContainer, folders, sourceContainer } from './build-names.ts';
import { buildScript } from './build-script.ts';
import type { BuildSettings } from './build-settings.ts';

export const programPart = 'build-program';
export const sourceProgramFile = `${sourceContainer}.mjs`;
export const caFile = 'ca.pem';

/** Pure: all that a build's containers run and read of ours, named by its content: a build that began keeps what it began with. */
export function buildProgramOf(namespace: string, settings: BuildSettings, sourceProgram: string): ConfigMap {
  const data = {
    [sourceProgramFile]: sourceProgram,
    [`${buildContainer}.sh`]: buildScript,
    'buildkitd.toml': buildkitdToml(settings),
    'source-policy.json': JSON.stringify(sourcePolicy(settings)),
    [caFile]: settings.caPem ?? '',
  };
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${programPart}-${hash}`, namespace, labels: { [label.part]: programPart } },
    immutable: true,
    data,
  };
}

/** Pure. JSON strings are TOML strings. */
export function buildkitdToml({ registry, mirror, caPem }: BuildSettings): string {
  const own = registryLines(registry.host, registry.insecure, caPem);
  const ofMirror =
    mirror === null
      ? []
      : [
          '[registry."docker.io"]',
          `mirrors = [${JSON.stringify(mirror.host)}]`,
          ...(mirror.host === registry.host ? [] : registryLines(mirror.host, mirror.insecure, caPem)),
        ];
  return [
    'insecure-entitlements = []',
    '[worker.oci]',
    'enabled = true',
    'gc = false',
    '[worker.containerd]',
    'enabled = false',
    '[frontend."gateway.v0"]',
    'enabled = false',
    ...own,
    ...ofMirror,
    '',
  ].join('\n');
}

function registryLines(host: string, insecure: boolean, caPem: string | null): string[] {
  const table = `[registry.${JSON.stringify(host)}]`;
  if (insecure) return [table, 'http = true'];
  return caPem === null ? [] : [table, `ca = [${JSON.stringify(`${folders.program}/${caFile}`)}]`];
}

/**
 * Pure: no build may take an image of the platform's own registry as its base. BuildKit would fetch it with the platform's credentials, and so
 * read another instance's image.
 */
export function sourcePolicy({ registry }: BuildSettings): unknown {
  const prefix = registry.path === '' ? registry.host : `${registry.host}/${registry.path}`;
  return {
    rules: [{ action: 'DENY', selector: { identifier: `docker-image://${prefix}/*`, matchType: 'WILDCARD' } }],
  };
}
