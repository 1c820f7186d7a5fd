import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findCluster, refuseUnusable, usesKubernetes } from './cluster.ts';

const named = { KUBECONFIG: '/k', REGISTRY_HOST: 'r.test' };

describe('bots run in a cluster', () => {
  test('where both it and a registry are named, and nobody asked for processes', () => {
    expect(usesKubernetes(named)).toBe(true);
    expect(usesKubernetes({ KUBECONFIG: '/k' })).toBe(false);
    expect(usesKubernetes({ REGISTRY_HOST: 'r.test' })).toBe(false);
    expect(usesKubernetes({ ...named, ENGINE: 'local' })).toBe(false);
  });

  test('only with what their builds need: the setting that is missing is named at once', () => {
    expect(() => refuseUnusable(named)).toThrow('set HOST_ADDRESS');
    expect(() => refuseUnusable({ ...named, KUBECONFIG: '/a:/b', HOST_ADDRESS: '192.0.2.7' })).toThrow('several files');
    expect(() => refuseUnusable({ ...named, HOST_ADDRESS: '192.0.2.7' })).not.toThrow();
    expect(() => refuseUnusable({ ...named, GITHUB_API_URL: 'https://api.github.com' })).not.toThrow();
  });
});

describe('the cluster of a kubeconfig', () => {
  test('is told with its context, address and version', async () => {
    const { address, close } = await serveVersion();
    expect(await findCluster(await kubeconfigOf(address))).toEqual({
      context: 'here',
      server: address,
      version: 'v1.36.0',
    });
    await close();
  });

  test('that does not answer, or a file that is none, is a problem said in a sentence', async () => {
    const { address, close } = await serveVersion();
    const file = await kubeconfigOf(address);
    await close();
    await expect(findCluster(file)).rejects.toThrow(`The cluster of KUBECONFIG (${address}) does not answer`);
    await expect(findCluster(`${file}.none`)).rejects.toThrow('can not be read');
  });
});

async function serveVersion() {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ gitVersion: 'v1.36.0' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function kubeconfigOf(server: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zarpa-kubeconfig-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'config');
  const config = {
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'here',
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}
