import { expect, test } from 'vitest';
import { createApiClient } from './client.ts';
import { ApiProblem, unwrap } from './problem.ts';

const problem = {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  detail: 'There is no such instance.',
  code: 'instance_not_found',
  correlationId: 'c-1',
} as const;

const answering = (status: number, body: unknown, seen: Request[] = []) =>
  createApiClient({
    baseUrl: 'http://api.test',
    headers: { 'accept-language': 'en' },
    fetch: async (request) => {
      seen.push(request);
      return Response.json(body, { status });
    },
  });

test('calls the typed path with cookie and headers', async () => {
  const seen: Request[] = [];
  const client = answering(200, { items: [] }, seen);
  await expect(unwrap(client.GET('/v1/instances'))).resolves.toEqual({ items: [] });
  expect(seen[0]?.url).toBe('http://api.test/v1/instances');
  expect(seen[0]?.credentials).toBe('include');
  expect(seen[0]?.headers.get('accept-language')).toBe('en');
});

test('throws a refusal with its stable code', async () => {
  const call = unwrap(
    answering(404, problem).GET('/v1/instances/{instanceId}', { params: { path: { instanceId: 'x' } } }),
  );
  await expect(call).rejects.toThrow(ApiProblem);
  await expect(call).rejects.toMatchObject({ code: 'instance_not_found', status: 404, correlationId: 'c-1' });
});

test('names a server that does not answer', async () => {
  const cause = new TypeError('fetch failed');
  const client = createApiClient({ baseUrl: 'http://api.test', fetch: () => Promise.reject(cause) });
  await expect(unwrap(client.GET('/v1/plans'))).rejects.toMatchObject({ code: 'unreachable', status: 0, cause });
});

test('does not take a stranger’s error page for a problem', async () => {
  await expect(unwrap(answering(502, { message: 'Bad gateway' }).GET('/v1/plans'))).rejects.toMatchObject({
    code: 'unreachable',
    status: 502,
  });
});
