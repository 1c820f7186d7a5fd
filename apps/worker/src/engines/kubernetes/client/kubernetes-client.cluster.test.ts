import { waitFor } from '@zarpa/testing';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesClient } from './kubernetes-client.ts';
import { isAlreadyExists, isConflict, isGone, isUnreachable, KubernetesError } from './kubernetes-error.ts';
import { configMaps, pods } from './resource-kinds.ts';
import { connectClient, connectThroughProxy, createTestNamespace } from './testing/cluster.ts';

let client: KubernetesClient;
let namespace: Awaited<ReturnType<typeof createTestNamespace>>;

beforeAll(async () => {
  client = await connectClient();
  namespace = await createTestNamespace(client, 'client');
});
afterAll(async () => {
  await namespace.remove();
  await client.close();
});

const configMap = (name: string, value = '1', metadata: ConfigMap['metadata'] = {}): ConfigMap => ({
  metadata: { name, namespace: namespace.name, ...metadata },
  data: { value },
});
const ref = (name: string) => ({ namespace: namespace.name, name });
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
const watchPath = () => `/api/v1/namespaces/${namespace.name}/configmaps`;

test('what does not exist is null, and deleting it tells so', async () => {
  expect(await client.get(configMaps, ref('nothing'))).toBeNull();
  expect(await client.delete(configMaps, ref('nothing'))).toBe(false);
});

test('creating twice says that it exists', async () => {
  await client.create(configMaps, configMap('twice'));
  const error = await failureOf(client.create(configMaps, configMap('twice')));
  expect(isAlreadyExists(error)).toBe(true);
  expect(isConflict(error)).toBe(false);
});

test.each(['apply', 'replace'] as const)(
  '%s with an old resourceVersion is a conflict and changes nothing',
  async (verb) => {
    const first = await client.apply(configMaps, configMap(verb, 'first'));
    const resourceVersion = first.metadata?.resourceVersion ?? '';
    await client.apply(configMaps, configMap(verb, 'second', { resourceVersion }));
    const error = await failureOf(client[verb](configMaps, configMap(verb, 'late', { resourceVersion })));
    expect(isConflict(error)).toBe(true);
    expect((await client.get(configMaps, ref(verb)))?.data).toEqual({ value: 'second' });
  },
);

test('an applied object that was deleted meanwhile stays deleted when its uid is named', async () => {
  const { metadata } = await client.apply(configMaps, configMap('gone'));
  await client.delete(configMaps, ref('gone'));
  const { uid, resourceVersion } = metadata ?? {};
  const again = configMap('gone', '2', { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) });
  expect(isConflict(await failureOf(client.apply(configMaps, again)))).toBe(true);
  expect(await client.get(configMaps, ref('gone'))).toBeNull();
});

test('a dry run changes nothing', async () => {
  const answer = await client.apply(configMaps, configMap('dry'), { dryRun: true });
  expect(answer.data).toEqual({ value: '1' });
  expect(await client.get(configMaps, ref('dry'))).toBeNull();
});

test('deleting an object under another uid is a conflict', async () => {
  await client.create(configMaps, configMap('kept'));
  expect(isConflict(await failureOf(client.delete(configMaps, ref('kept'), { uid: 'another' })))).toBe(true);
  const uid = (await client.get(configMaps, ref('kept')))?.metadata?.uid ?? '';
  expect(await client.delete(configMaps, ref('kept'), { uid })).toBe(true);
});

test('patches in both forms', async () => {
  await client.create(configMaps, configMap('patched'));
  await client.patch(configMaps, ref('patched'), { type: 'merge', body: { data: { more: '2' } } });
  const json = [{ op: 'remove', path: '/data/value' }];
  const patched = await client.patch(configMaps, ref('patched'), { type: 'json', body: json });
  expect(patched.data).toEqual({ more: '2' });
});

test('lists by pages and by label, and deletes by label', async () => {
  const labels = { page: 'yes' };
  await Promise.all([1, 2, 3].map((n) => client.create(configMaps, configMap(`page-${n}`, '1', { labels }))));
  const selection = { namespace: namespace.name, labelSelector: 'page=yes' };
  const first = await client.list(configMaps, { ...selection, limit: 2 });
  expect(first.items).toHaveLength(2);
  const rest = await client.list(configMaps, { ...selection, limit: 2, continue: first.continue ?? '' });
  expect([rest.items.length, rest.continue]).toEqual([1, null]);
  await client.deleteAll(configMaps, selection);
  expect((await client.list(configMaps, selection)).items).toEqual([]);
});

test('a refusal carries status, reason and details', async () => {
  const error = await failureOf(client.create(pods, { metadata: ref('Not A Name') }));
  expect(error).toBeInstanceOf(KubernetesError);
  expect(error).toMatchObject({ status: 422, reason: 'Invalid', details: { kind: 'Pod' } });
});

test('a resourceVersion that is no longer kept is gone', async () => {
  const stream = await client.stream(watchPath(), {
    query: { watch: 'true', resourceVersion: '1' },
    signal: AbortSignal.timeout(20_000),
  });
  let text = '';
  for await (const chunk of stream) text += Buffer.from(chunk).toString();
  const status = JSON.parse(text).object;
  expect(isGone(KubernetesError.fromStatus(status))).toBe(true);
});

describe('streams', () => {
  async function watchThroughProxy() {
    const { client: own, proxy } = await connectThroughProxy();
    const abort = new AbortController();
    const stream = await own.stream(watchPath(), { query: { watch: 'true' }, signal: abort.signal });
    const iterator = stream[Symbol.asyncIterator]();
    await client.apply(configMaps, configMap('seen', String(Date.now())));
    expect((await iterator.next()).done).toBe(false);
    const close = async () => {
      await own.close();
      await proxy.close();
    };
    return { own, proxy, abort, iterator, close };
  }
  const drained = async (iterator: AsyncIterator<Uint8Array>) => {
    while (!(await iterator.next()).done);
    return 'ended';
  };

  test('abort ends a stream without an error', async () => {
    const { abort, iterator, close } = await watchThroughProxy();
    const ended = drained(iterator);
    abort.abort();
    expect(await ended).toBe('ended');
    await close();
  });

  test('an aborted stream that nobody reads harms nobody', async () => {
    const { own, abort, close } = await watchThroughProxy();
    await own.stream(watchPath(), { query: { watch: 'true' }, signal: abort.signal });
    abort.abort();
    expect(await own.get(configMaps, ref('nothing'))).toBeNull();
    await close();
  });

  test('a broken connection throws, and the next request has a new one', async () => {
    const { own, proxy, iterator, close } = await watchThroughProxy();
    const ended = failureOf(drained(iterator));
    proxy.cut();
    expect(isUnreachable(await ended)).toBe(true);
    expect(await own.get(configMaps, ref('nothing'))).toBeNull();
    await close();
  });

  test('a server that can not be reached is told from one that refuses', async () => {
    const { own, proxy, close } = await watchThroughProxy();
    proxy.refuse(true);
    proxy.cut();
    expect(isUnreachable(await failureOf(own.get(configMaps, ref('nothing'))))).toBe(true);
    const stream = own.stream(watchPath(), { signal: AbortSignal.timeout(10_000) });
    expect(isUnreachable(await failureOf(stream))).toBe(true);
    await close();
  });

  test('a refused stream rejects with the reason', async () => {
    const error = await failureOf(client.stream('/api/v1/nothing', { signal: AbortSignal.timeout(10_000) }));
    expect(error).toMatchObject({ status: 404 });
  });

  test('150 streams do not keep a request waiting, and share connections', async () => {
    const { own, proxy, abort, close } = await watchThroughProxy();
    const query = { watch: 'true' };
    await Promise.all(Array.from({ length: 150 }, () => own.stream(watchPath(), { query, signal: abort.signal })));
    expect(await own.get(configMaps, ref('nothing'))).toBeNull();
    expect(proxy.open).toBeLessThan(12);
    abort.abort();
    await waitFor(async () => (await own.list(configMaps, { namespace: namespace.name })).items.length > 0, {
      describe: 'an answer after all streams ended',
    });
    await close();
  });
});
