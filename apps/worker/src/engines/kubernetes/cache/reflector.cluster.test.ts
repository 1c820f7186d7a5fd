import { waitFor } from '@zarpa/testing';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { configMaps } from '../client/resource-kinds.ts';
import { connectClient, connectThroughProxy, createTestNamespace, quiet } from '../client/testing/cluster.ts';
import type { TcpProxy } from '../client/testing/tcp-proxy.ts';
import { Reflector, type ReflectorOptions } from './reflector.ts';

let client: KubernetesClient;
let namespace: Awaited<ReturnType<typeof createTestNamespace>>;
let proxied: KubernetesClient;
let proxy: TcpProxy;
let cleanups: (() => void)[] = [];

beforeAll(async () => {
  client = await connectClient();
  namespace = await createTestNamespace(client, 'reflector');
});
beforeEach(async () => {
  ({ client: proxied, proxy } = await connectThroughProxy({ deadAfterMs: 1_000 }));
});
afterEach(async () => {
  for (const cleanup of cleanups) cleanup();
  cleanups = [];
  await proxied.close();
  await proxy.close();
  await client.deleteAll(configMaps, { namespace: namespace.name, labelSelector: '' });
});
afterAll(async () => {
  await namespace.remove();
  await client.close();
});

const write = (name: string, value = '1') =>
  client.apply(configMaps, { metadata: { name, namespace: namespace.name, labels: { own: 'yes' } }, data: { value } });
const remove = (name: string) => client.delete(configMaps, { namespace: namespace.name, name });

interface Change {
  readonly key: string;
  readonly value: string | null;
  readonly before: string | null;
}

function reflect(options: Partial<ReflectorOptions<ConfigMap>> = {}) {
  const changes: Change[] = [];
  const reflector = new Reflector<ConfigMap>({
    client: proxied,
    kind: configMaps,
    namespace: namespace.name,
    labelSelector: 'own=yes',
    logger: quiet,
    timings: { backoff: { minMs: 10, maxMs: 50 } },
    onChange: (key, object, previous) => {
      changes.push({
        key: key.slice(key.indexOf('/') + 1),
        value: object?.data?.value ?? null,
        before: previous?.data?.value ?? null,
      });
    },
    ...options,
  });
  cleanups.push(() => reflector.stop());
  const until = (name: string, value: string | null) =>
    waitFor(() => (reflector.get(namespace.name, name)?.data?.value ?? null) === value, {
      timeoutMs: 20_000,
      describe: `${name} to be ${value}`,
    });
  return { reflector, changes, until };
}

test('lists by pages, then tells of every change once', async () => {
  await Promise.all(['a', 'b', 'c'].map((name) => write(name)));
  const { reflector, changes, until } = reflect({ timings: { pageSize: 2 } });
  await reflector.synced;
  expect(reflector.list()).toHaveLength(3);
  expect(reflector.list()[0]?.metadata).not.toHaveProperty('managedFields');
  await write('a', '2');
  await until('a', '2');
  await remove('b');
  await until('b', null);
  await write('d');
  await until('d', '1');
  expect(changes.slice(3)).toEqual([
    { key: 'a', value: '2', before: '1' },
    { key: 'b', value: null, before: '1' },
    { key: 'd', value: '1', before: null },
  ]);
});

test('what changes while the connection is cut is seen afterwards, each change once', async () => {
  const { reflector, changes, until } = reflect();
  await reflector.synced;
  await write('a');
  await until('a', '1');
  proxy.refuse(true);
  proxy.cut();
  await write('a', '2');
  await write('b');
  await remove('a');
  await write('c');
  await waitFor(() => proxy.accepted > 3, { describe: 'attempts to connect' });
  proxy.refuse(false);
  await until('c', '1');
  await until('a', null);
  expect(reflector.list().map(({ metadata }) => metadata?.name)).toEqual(['b', 'c']);
  expect(new Set(changes.map((change) => JSON.stringify(change))).size).toBe(changes.length);
});

test('a connection that went silent is left', async () => {
  const { reflector, until } = reflect();
  await reflector.synced;
  await write('a');
  await until('a', '1');
  proxy.silence();
  await write('a', '2');
  await until('a', '2');
  expect(proxy.accepted).toBeGreaterThan(1);
});

/** Every watch begins at a version that the server no longer keeps. */
const withOldWatches = (target: KubernetesClient): KubernetesClient =>
  new Proxy(target, {
    get: (_target, name) => {
      if (name === 'stream') {
        return (path: string, options: { query: Record<string, string>; signal: AbortSignal }) =>
          target.stream(path, { ...options, query: { ...options.query, resourceVersion: '1' } });
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

test('a resourceVersion that is gone makes it list anew, and deletions are told', async () => {
  await write('a');
  const { changes, until } = reflect({ client: withOldWatches(proxied) });
  await until('a', '1');
  await remove('a');
  await until('a', null);
  expect(changes).toEqual([
    { key: 'a', value: '1', before: null },
    { key: 'a', value: null, before: '1' },
  ]);
});

test('a handler that throws stops nothing', async () => {
  const { reflector, until } = reflect({
    onChange: () => {
      throw new Error('a handler failed');
    },
  });
  await reflector.synced;
  await write('a');
  await until('a', '1');
  await write('a', '2');
  await until('a', '2');
});

test('nothing is told after stop, and what waits for the first list learns of it', async () => {
  proxy.refuse(true);
  const { reflector, changes } = reflect();
  const waiting = expect(reflector.synced).rejects.toThrow('stopped');
  reflector.stop();
  await waiting;
  proxy.refuse(false);
  await write('a');
  await client.list(configMaps, { namespace: namespace.name });
  expect([changes, reflector.hasSynced]).toEqual([[], false]);
});
