import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ClusterFile } from './cluster-file.ts';
import { connectTestCluster } from './connect-test-cluster.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'zarpa-test-cluster-'));

function environment(changes: Partial<ClusterFile>) {
  const file = path.join(folder, 'cluster.json');
  const content: ClusterFile = {
    kubeconfig: '/somewhere/admin.kubeconfig',
    registry: { host: 'registry.example:5000', username: 'someone', password: 'a password', insecure: true },
    hostAddress: null,
    volumesDirectory: null,
    componentCommand: null,
    ...changes,
  };
  writeFileSync(file, JSON.stringify(content));
  return { ZARPA_TEST_CLUSTER: file };
}

test('a foreign cluster has no abilities, and its password is not printed', () => {
  const cluster = connectTestCluster(environment({}));
  expect(cluster).toMatchObject({ hostAddress: null, volumesDirectory: null, component: null });
  expect(JSON.stringify(cluster)).not.toContain('a password');
  expect(cluster.registry.password.reveal()).toBe('a password');
});

test('a component is acted on by the command of the file', async () => {
  const seen = path.join(folder, 'seen');
  const componentCommand: ClusterFile['componentCommand'] = ['/bin/sh', '-c', `echo "$@" > ${seen}`, 'sh', 'run'];
  const { component } = connectTestCluster(environment({ componentCommand }));
  await component?.('kubelet', 'restart');
  expect(readFileSync(seen, 'utf8')).toBe('run kubelet restart\n');
});

test('a command that fails rejects', async () => {
  const { component } = connectTestCluster(environment({ componentCommand: ['/bin/false'] }));
  await expect(component?.('kubelet', 'stop')).rejects.toThrow('/bin/false');
});

test('without a cluster the message says which command brings one', () => {
  expect(() => connectTestCluster({})).toThrow('npm run test:cluster');
});
