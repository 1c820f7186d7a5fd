import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTestCluster } from './connect-test-cluster.ts';
import { copyImage } from './testing/copy-image.ts';
import { createNamespace, type Namespace } from './testing/kubernetes.ts';

const { component, hostAddress, kubeconfig, registry } = connectTestCluster();
const { host, insecure, username, password } = registry;
const protocol = insecure ? 'http' : 'https';
const credentials = Buffer.from(`${username}:${password.reveal()}`).toString('base64');
const authorization = `Basic ${credentials}`;

describe('the registry', () => {
  const upload = `${protocol}://${host}/v2/t-cluster/probe/blobs/uploads/`;

  test('refuses a push without credentials', async () => {
    expect((await fetch(upload, { method: 'POST' })).status).toBe(401);
  });

  test('takes a push with the credentials given', async () => {
    const started = await fetch(upload, { method: 'POST', headers: { authorization } });
    expect(started.status).toBe(202);
    const location = new URL(started.headers.get('location') ?? '', upload);
    const cancelled = await fetch(location, { method: 'DELETE', headers: { authorization } });
    expect(cancelled.status).toBe(204);
  });
});

describe.skipIf(component === null)('an image in the registry of our own cluster', () => {
  const image = `${host}/t-cluster/pause:1`;
  const command = ['/pause'];
  let namespace: Namespace;

  beforeAll(async () => {
    const from = { address: `http://${hostAddress}:5000/v2/zarpa-test/pause` };
    const to = { address: `${protocol}://${host}/v2/t-cluster/pause`, headers: { authorization } };
    await copyImage(from, to, '1');
    namespace = await createNamespace(kubeconfig);
    const config = Buffer.from(JSON.stringify({ auths: { [host]: { auth: credentials } } })).toString('base64');
    await namespace.core.createNamespacedSecret({
      namespace: namespace.name,
      body: {
        metadata: { name: 'pull' },
        type: 'kubernetes.io/dockerconfigjson',
        data: { '.dockerconfigjson': config },
      },
    });
  });
  afterAll(() => namespace.remove());

  test('is not pulled without its Secret', async () => {
    await namespace.createPod('stranger', { image, command });
    const reason = await waitFor(async () => (await container('stranger'))?.state?.waiting?.reason?.match(/Pull/), {
      timeoutMs: 60_000,
      describe: 'a pull that is refused',
    });
    expect(reason.input).toMatch(/^(ErrImagePull|ImagePullBackOff)$/);
  });

  test('is pulled with its Secret', async () => {
    await namespace.createPod('owner', { image, command, pullSecret: 'pull' });
    const running = await waitFor(async () => (await container('owner'))?.state?.running, {
      timeoutMs: 60_000,
      describe: 'a pod of the image',
    });
    expect(running.startedAt).toBeInstanceOf(Date);
  });

  async function container(name: string) {
    return (await namespace.readPod(name)).status?.containerStatuses?.[0];
  }
});
