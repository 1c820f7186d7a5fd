import type { V1ContainerStatus } from '@kubernetes/client-node';
import { waitFor } from '@zarpa/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Component, connectTestCluster } from './connect-test-cluster.ts';
import { createNamespace, type Namespace } from './testing/kubernetes.ts';

const image = 'debian:bookworm-slim';
const count = 'i=0; while :; do echo $((i++)); sleep 0.1; done';
const { component, kubeconfig } = connectTestCluster();
const stoppable: readonly Component[] = ['apiserver', 'kubelet', 'containerd', 'controller-manager', 'scheduler'];

describe.skipIf(component === null)('a component of our own cluster', () => {
  let namespace: Namespace;

  beforeAll(async () => {
    namespace = await createNamespace(kubeconfig);
    await namespace.createPod('counter', { image, command: ['bash', '-c', count] });
    await waitFor(() => lastCount(), { timeoutMs: 60_000, describe: 'a line of the pod' });
  });
  afterEach(async () => {
    for (const name of stoppable) await component?.(name, 'start');
  });
  afterAll(() => namespace.remove());

  const lastCount = async () => Number(await namespace.readLog('counter', 1));

  async function container(): Promise<V1ContainerStatus | undefined> {
    return (await namespace.readPod('counter')).status?.containerStatuses?.[0];
  }

  async function expectPodsStart(name: string): Promise<void> {
    await namespace.createPod(name, { image, command: ['true'], restartPolicy: 'Never' });
    await waitFor(async () => (await namespace.readPod(name)).status?.phase === 'Succeeded', {
      timeoutMs: 90_000,
      describe: `the end of pod ${name}`,
    });
  }

  test.each(stoppable)('%s restarts, and a running pod runs on', async (name) => {
    const before = await container();
    const countBefore = await lastCount();
    await component?.(name, 'restart');
    await waitFor(async () => (await lastCount()) > countBefore, {
      timeoutMs: 60_000,
      describe: 'a later line of the pod',
    });
    await waitFor(() => expectPodsStart(`after-${name}`).then(() => true), {
      timeoutMs: 90_000,
      describe: 'a new pod',
    });
    expect(await container()).toMatchObject({ containerID: before?.containerID, restartCount: 0, ready: true });
  });

  test.each(['kubelet', 'containerd'] as const)('%s is killed and started, and a running pod runs on', async (name) => {
    const before = await container();
    await component?.(name, 'kill');
    expect(await namespace.readLog('counter', 1).catch(() => 'unreachable')).not.toMatch(/^\d+\n$/);
    await component?.(name, 'start');
    await expectPodsStart(`after-killed-${name}`);
    expect(await container()).toMatchObject({ containerID: before?.containerID, restartCount: 0, ready: true });
  });

  test('a crashing container starts again at once, not with the usual delays', async () => {
    await namespace.createPod('crashing', { image, command: ['false'] });
    const restarts = async () =>
      (await namespace.readPod('crashing')).status?.containerStatuses?.[0]?.restartCount ?? 0;
    await waitFor(async () => (await restarts()) >= 5, { timeoutMs: 60_000, describe: 'five restarts' });
    expect(await restarts()).toBeGreaterThanOrEqual(5);
  });
});
