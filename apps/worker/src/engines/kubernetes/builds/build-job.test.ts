import { newId } from '@zarpa/contracts';
import { describe, expect, it } from 'vitest';
import { buildJobOf } from './build-job.ts';
import { buildkitdToml, buildProgramOf, sourcePolicy } from './build-program.ts';
import type { BuildRequest } from './build-report.ts';
import { buildsNetworkPolicyOf } from './builds-namespace.ts';
import { testSettings } from './testing/settings.ts';

const request: BuildRequest = {
  instanceId: newId('instance'),
  ownerId: newId('owner'),
  artifactMissing: false,
  deployment: {
    deploymentId: newId('deployment'),
    source: {
      kind: 'repository',
      repository: 'owner/name',
      commitSha: '0123456789abcdef0123456789abcdef01234567',
      rootDirectory: '',
      archiveUrl: 'https://api.test/ticket',
      archiveExpiresAt: 1,
    },
    overrides: { install: null, build: null, start: null },
    artifact: null,
    environment: { keyId: 'k', nonce: '', ciphertext: 'c2VhbGVk', tag: '' },
  },
};

const job = (settings = testSettings()) =>
  buildJobOf({ request, archive: { url: 'https://elsewhere.test/archive', madeAt: 1 }, settings, programName: 'p' });

describe('buildJobOf', () => {
  it('gives the registry credentials to BuildKit alone, and the archive address to the source alone', () => {
    const { initContainers = [], containers = [] } = job().spec?.template.spec ?? {};
    const mounts = (all: typeof containers) =>
      all.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
    expect(mounts(initContainers)).not.toContain('registry');
    expect(mounts(containers)).toContain('registry');
    expect(JSON.stringify(initContainers)).toContain('elsewhere.test');
    expect(JSON.stringify(containers)).not.toContain('elsewhere.test');
  });

  it('carries neither the ticket, nor the password, nor what the owner sealed', () => {
    const text = JSON.stringify(job());
    for (const secret of ['api.test', 'letmein', 'c2VhbGVk']) expect(text).not.toContain(secret);
  });

  it('bounds time, memory, disk and attempts', () => {
    const { spec } = job();
    expect(spec).toMatchObject({
      backoffLimit: 0,
      template: { spec: { activeDeadlineSeconds: 900, hostUsers: false } },
    });
    expect(spec?.template.spec?.containers[0]?.resources?.limits).toEqual({
      cpu: '2000m',
      memory: '1024Mi',
      'ephemeral-storage': '6144Mi',
    });
  });
});

describe('what a build reads of ours', () => {
  it('has a name that changes with its content', () => {
    const nameOf = (program: string) => buildProgramOf('n', testSettings(), program).metadata?.name;
    expect(nameOf('a')).toBe(nameOf('a'));
    expect(nameOf('a')).not.toBe(nameOf('b'));
  });

  it('sends BuildKit to the mirror, and trusts the private authority', () => {
    const toml = buildkitdToml(testSettings({ mirror: { host: 'mirror.test', insecure: true }, caPem: 'PEM' }));
    expect(toml).toContain('[registry."docker.io"]\nmirrors = ["mirror.test"]\n[registry."mirror.test"]\nhttp = true');
    expect(toml).toContain('[registry."registry.test:5000"]\nca = ["/program/ca.pem"]');
  });

  it('keeps the platform’s own images from being anybody’s base', () => {
    expect(JSON.stringify(sourcePolicy(testSettings()))).toContain('docker-image://registry.test:5000/bots/*');
  });

  it('lets builds reach a registry that is an address, and what the settings name', () => {
    const registry = { ...testSettings().registry, host: '10.0.0.5:5000' };
    const pods = { namespace: 'zarpa', labels: { app: 'sandbox' }, port: 4_302 };
    const settings = testSettings({ registry, egress: [{ cidr: '10.0.0.9/32', port: null }, pods] });
    const egress = buildsNetworkPolicyOf('n', settings).spec?.egress ?? [];
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'zarpa' } };
    const podSelector = { matchLabels: { app: 'sandbox' } };
    expect(egress.slice(-3)).toEqual([
      { to: [{ ipBlock: { cidr: '10.0.0.5/32' } }], ports: [{ protocol: 'TCP', port: 5_000 }] },
      { to: [{ ipBlock: { cidr: '10.0.0.9/32' } }] },
      { to: [{ namespaceSelector, podSelector }], ports: [{ protocol: 'TCP', port: 4_302 }] },
    ]);
  });
});
