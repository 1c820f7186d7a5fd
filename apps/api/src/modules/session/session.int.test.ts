import { createHash } from 'node:crypto';
import type { SessionView } from '@zarpa/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { startTestApi, type TestApi, webOrigin } from '../../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ SESSIONS_PER_HOUR: '12' });
});
afterAll(() => api.stop());

const tokenOf = (customer: Customer) => customer.cookie.split('=')[1] ?? '';

test('a session belongs to whoever has its token, and only the token’s hash is stored', async () => {
  const customer = await Customer.arrive(api);
  const view = await customer.get<SessionView>('/v1/session');
  expect(view).toMatchObject({ ownerId: customer.ownerId, kind: 'guest', github: null });
  const { rows } = await api.database.query<{ text: string; token_hash: Buffer }>(
    'SELECT session::text AS text, token_hash FROM session WHERE owner_id = $1',
    [customer.ownerId],
  );
  expect(rows[0]?.text).not.toContain(tokenOf(customer));
  expect(rows[0]?.token_hash).toEqual(createHash('sha256').update(tokenOf(customer)).digest());
});

test('starting a session again keeps the one there is', async () => {
  const customer = await Customer.arrive(api);
  const again = await customer.post<SessionView>('/v1/session');
  expect(again.ownerId).toBe(customer.ownerId);
});

test('the cookie is out of reach of scripts and other sites', async () => {
  const answer = await fetch(`${api.url}/v1/session`, { method: 'POST' });
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^zarpa_session=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('a session that is a day old is prolonged, and the browser is told', async () => {
  const customer = await Customer.arrive(api);
  await api.database.query(`UPDATE session SET expires_at = now() + interval '80 days' WHERE owner_id = $1`, [
    customer.ownerId,
  ]);
  const answer = await customer.call('GET', '/v1/session');
  expect(answer.headers.getSetCookie()).toHaveLength(1);
  const { rows } = await api.database.query<{ days: number }>(
    `SELECT extract(day FROM expires_at - now())::int AS days FROM session WHERE owner_id = $1`,
    [customer.ownerId],
  );
  expect(rows[0]?.days).toBe(89);
});

test('a session that has ended is none', async () => {
  const customer = await Customer.arrive(api);
  await api.database.query('UPDATE session SET expires_at = now() WHERE owner_id = $1', [customer.ownerId]);
  expect(await customer.refused('GET', '/v1/session')).toBe('not_authenticated');
});

test('a write that another site’s page sends is refused', async () => {
  const customer = await Customer.arrive(api);
  const from = (origin: string) =>
    fetch(`${api.url}/v1/sources/github`, { method: 'DELETE', headers: { cookie: customer.cookie, origin } });
  expect((await from('https://evil.example')).status).toBe(403);
  expect((await from(webOrigin)).status).toBe(200);
});

test('only the dashboard’s pages may read answers with credentials', async () => {
  const answer = await fetch(`${api.url}/v1/plans`, { headers: { origin: 'https://evil.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(webOrigin);
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
});

test('one address cannot start sessions without end', async () => {
  const start = () => fetch(`${api.url}/v1/session`, { method: 'POST' });
  let answer = await start();
  for (let i = 0; i < 12 && answer.ok; i++) answer = await start();
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ code: 'too_many_requests' });
});
