import { createLogger } from '@zarpa/observability';
import { expect, test } from 'vitest';
import type { Settings } from '../settings.ts';
import { entrance } from './entrance.ts';
import { httpAdapter } from './http-adapter.ts';

const webOrigin = 'http://localhost:4300';

function server(trustedProxies = 0) {
  const settings = { TRUSTED_PROXIES: trustedProxies, MOVE_STEP_TIMEOUT: 1_000, WEB_ORIGIN: webOrigin } as Settings;
  const lines: { path: string; route?: string; status: number }[] = [];
  const logger = createLogger({ app: 'test', destination: { write: (line) => lines.push(JSON.parse(line)) } });
  const instance = httpAdapter(settings, entrance(logger, settings)).getInstance();
  instance.get('/address', (request) => request.ip);
  instance.post('/v1/echo', async (request) => ({ body: request.body }));
  return { inject: instance.inject.bind(instance), lines };
}

test.each([
  [0, '10.0.0.9'],
  [1, '192.0.2.2'],
  [2, '192.0.2.1'],
])('with %i trusted proxies the caller is %s', async (trustedProxies, address) => {
  const headers = { 'x-forwarded-for': '192.0.2.1, 192.0.2.2' };
  const answer = await server(trustedProxies).inject({ url: '/address', headers, remoteAddress: '10.0.0.9' });
  expect(answer.body).toBe(address);
});

test('a preflight is answered for the dashboard, whoever asks', async () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-headers': 'content-type' };
  const answer = await server().inject({ method: 'OPTIONS', url: '/address', headers });
  expect(answer.statusCode).toBe(204);
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': webOrigin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '600',
    vary: 'Origin, Access-Control-Request-Headers',
  });
});

test.each([['/address?ticket=hidden'], ['/nope'], ['/%E0%A4%A']])(
  'the answer to %s carries a correlation id and what protects browsers',
  async (url) => {
    const { headers } = await server().inject({ url });
    expect(headers).toMatchObject({
      'x-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  },
);

test.each(['application/json', 'text/plain; charset=utf-8', 'application/gzip', 'no type at all', undefined])(
  'a body called %s is JSON under /v1',
  async (type) => {
    const headers = { ...(type !== undefined && { 'content-type': type }) };
    const answer = await server().inject({ method: 'POST', url: '/v1/echo', headers, payload: Buffer.from('"é"') });
    expect(answer.json()).toEqual({ body: 'é' });
  },
);

test('a request is logged once, with its route and without its query', async () => {
  const { inject, lines } = server();
  await inject({ url: '/address?ticket=hidden' });
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ method: 'GET', path: '/address', route: '/address', status: 200 });
  expect(JSON.stringify(lines)).not.toContain('hidden');
});
