import { createApiClient } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { lateClient } from './late-client.ts';

const answering = () =>
  createApiClient({ baseUrl: 'http://api.test', fetch: async ({ method, url }) => Response.json({ method, url }) });

test('asks like the client that it waits for', async () => {
  const client = lateClient(async () => answering());
  const asked = await client.GET('/v1/instances/{instanceId}', { params: { path: { instanceId: 'x' } } });
  expect(asked.data).toEqual({ method: 'GET', url: 'http://api.test/v1/instances/x' });
  const ordered = await client.DELETE('/v1/sources/github');
  expect(ordered.response.status).toBe(200);
});

test('loads nothing before the first call', () => {
  let loads = 0;
  lateClient(async () => {
    loads += 1;
    return answering();
  });
  expect(loads).toBe(0);
});

test('a call fails with what kept the client from arriving, the next one tries again', async () => {
  const lost = new Error('chunk did not arrive');
  const arrivals = [() => Promise.reject(lost), async () => answering()];
  const client = lateClient(() => arrivals.shift()?.() ?? Promise.reject(lost));
  await expect(client.GET('/v1/plans')).rejects.toBe(lost);
  await expect(client.GET('/v1/plans')).resolves.toMatchObject({ data: { method: 'GET' } });
});
