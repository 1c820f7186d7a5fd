import { waitFor } from '@zarpa/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { leases } from '../client/resource-kinds.ts';
import { connectClient, connectThroughProxy, createTestNamespace, quiet } from '../client/testing/cluster.ts';
import { Membership } from './membership.ts';

const durationMs = 3_000;
const keys = Array.from({ length: 40 }, (_, index) => `inst_${index}`);
let client: KubernetesClient;
let namespace: Awaited<ReturnType<typeof createTestNamespace>>;
let joined: Membership[] = [];

beforeAll(async () => {
  client = await connectClient();
  namespace = await createTestNamespace(client, 'membership');
});
afterEach(async () => {
  await Promise.all(joined.map((membership) => membership.close()));
  joined = [];
});
afterAll(async () => {
  await namespace.remove();
  await client.close();
});

async function join(workerId: string, through: KubernetesClient = client): Promise<Membership> {
  const timings = { backoff: { minMs: 10, maxMs: 50 } };
  const options = { client: through, namespace: namespace.name, workerId, durationMs, timings, logger: quiet };
  const membership = await Membership.join(options);
  joined.push(membership);
  return membership;
}

const ownedBy = (membership: Membership) => keys.filter((key) => membership.isOwner(key));
const until = (membership: Membership, ...members: string[]) =>
  waitFor(() => membership.members.join() === members.join(), {
    timeoutMs: 20_000,
    describe: `members ${members.join()}`,
  });

test('a worker alone owns everything; two share it, each key once', async () => {
  const a = await join('a');
  expect(ownedBy(a)).toEqual(keys);
  const b = await join('b');
  await until(a, 'a', 'b');
  expect([...ownedBy(a), ...ownedBy(b)].sort()).toEqual([...keys].sort());
});

test('what a leaving worker owned is taken over', async () => {
  const a = await join('a');
  const b = await join('b');
  await until(a, 'a', 'b');
  let changes = 0;
  a.onChange(() => {
    changes += 1;
  });
  await b.close();
  await until(a, 'a');
  expect(ownedBy(a)).toEqual(keys);
  expect(changes).toBe(1);
  expect(await client.get(leases, { namespace: namespace.name, name: 'worker-b' })).toBeNull();
});

test('a worker that is cut off owns nothing, and the other one everything, until it is back', async () => {
  const { client: proxied, proxy } = await connectThroughProxy();
  const a = await join('a');
  const b = await join('b', proxied);
  await until(a, 'a', 'b');
  proxy.refuse(true);
  proxy.cut();
  await until(b);
  expect(ownedBy(b)).toEqual([]);
  await until(a, 'a');
  proxy.refuse(false);
  const allOwnedOnce = () => [...ownedBy(a), ...ownedBy(b)].sort().join() === [...keys].sort().join();
  await waitFor(() => ownedBy(b).length > 0 && allOwnedOnce(), {
    timeoutMs: 20_000,
    describe: 'keys to be shared again',
  });
  await b.close();
  await proxied.close();
  await proxy.close();
});

test('a worker that comes back under its name owns at once, and the end of its forerunner does not harm it', async () => {
  const before = await join('a');
  const after = await join('a');
  expect(ownedBy(after)).toEqual(keys);
  await before.close();
  expect(await client.get(leases, { namespace: namespace.name, name: 'worker-a' })).not.toBeNull();
  expect(ownedBy(after)).toEqual(keys);
});
