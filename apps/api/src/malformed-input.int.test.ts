import { createHmac } from 'node:crypto';
import { type ClientEventName, clientEvents, type InstanceView, type Problem } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Customer } from './testing/customer.ts';
import { apiOperations, bodyOf, fillPath } from './testing/operations.ts';
import { startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let customer: Customer;
let instance: InstanceView;

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
});
beforeEach(async () => {
  customer = await Customer.arrive(api);
  instance = await customer.create({ repository: 'ana/bot' });
});
afterEach(() => customer.leave());
afterAll(async () => {
  await api.stop();
});

const operations = apiOperations().filter(({ id }) => id !== 'getReadiness');
const runs = { numRuns: 25, endOnFailure: true };

const nasty = fc.oneof(
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '../..',
    '%00',
    '%',
    "' OR 1=1 --",
    '__proto__',
    '9'.repeat(400),
    'x'.repeat(40_000),
  ),
  fc.constantFrom<unknown>(-1, 1e308, null, true, [], {}, [[[]]], JSON.parse('{"__proto__":1,"constructor":1}')),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** As it could stand in an address. */
const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 2_000).toWellFormed();

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly contentType?: string;
}

async function send({ method, path, body, contentType = 'application/json' }: Sent): Promise<Response> {
  return fetch(`${api.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { cookie: customer.cookie, ...(body !== undefined && { 'content-type': contentType }) },
    ...(body !== undefined && { body }),
  });
}

/** Never a failure of ours, and a refusal is one that programs can read. */
async function assertAnswered(sent: Sent): Promise<void> {
  const answer = await send(sent);
  const text = await answer.text();
  expect(answer.status, `${sent.method} ${sent.path} ${String(sent.body).slice(0, 300)} -> ${text}`).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({ status: answer.status, code: expect.any(String), detail: expect.any(String) });
}

const own = () => ({
  instanceId: instance.instanceId,
  deploymentId: instance.latestDeployment?.deploymentId ?? '',
  owner: 'ana',
  name: 'bot',
});

/** One value somewhere inside is another one. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return nasty;
  const entries = Object.entries(value);
  if (entries.length === 0) return nasty;
  const changed = fc.constantFrom(...entries).chain(([key, inner]) =>
    fc.oneof(nasty, mutated(inner)).map((other) => {
      if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? other : item));
      return { ...value, [key]: other };
    }),
  );
  return fc.oneof({ weight: 1, arbitrary: nasty }, { weight: 5, arbitrary: changed });
}

describe('malformed input is refused with a reason and breaks nothing', () => {
  test.each(operations)('$id with malformed ids, names and queries', async ({ method, path, ...operation }) => {
    const names = [...operation.pathParameters, ...operation.queryParameters];
    const text = nasty.map((value) => encodeURIComponent(asText(value)));
    const values = fc.record(Object.fromEntries(names.map((name) => [name, fc.oneof(text, fc.constant(undefined))])));
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const parts = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        const query = operation.queryParameters.flatMap((name) => (parts[name] ? [`${name}=${parts[name]}`] : []));
        const filled = fillPath(path, { ...own(), ...parts });
        const body = method === 'GET' ? undefined : '{}';
        await assertAnswered({ method, path: `${filled}?${query.join('&')}`, ...(body && { body }) });
      }),
      runs,
    );
  });

  test.each(operations.filter(({ hasBody }) => hasBody))('$id with malformed bodies', async (operation) => {
    const path = fillPath(operation.path, own());
    const bodies = mutated(bodyOf(operation)).map((value) => JSON.stringify(value) ?? '');
    await fc.assert(
      fc.asyncProperty(bodies, (body) => assertAnswered({ method: operation.method, path, body })),
      runs,
    );
  });

  test.each([
    ['no JSON', '{"name": ', 400, 'invalid_json'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400, 'invalid_input'],
    ['nothing', '', 400, 'invalid_input'],
    ['more than a megabyte', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'body_too_large'],
    ['JSON a hundred thousand levels deep', '['.repeat(100_000), 400, 'invalid_json'],
  ])('a body of %s', async (_, body, status, code) => {
    const answer = await send({ method: 'POST', path: '/v1/instances', body });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  test('addresses that cannot be decoded, and ones that are not there', async () => {
    for (const path of ['/v1/instances/%E0%A4%A', '/v1/%00', '/nope', '/v1/instances/../../x']) {
      await assertAnswered({ method: 'GET', path });
    }
  });

  test('says which field is wrong, and not what was in it', async () => {
    const body = { name: 'Bot', repository: 'my-secret-value!', branch: 'main', planId: 'essencial' };
    const answer = await customer.call<Problem>('POST', '/v1/instances', body);
    expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ path: 'repository' }] });
    expect(JSON.stringify(answer.body)).not.toContain('my-secret-value');
  });

  test('signed deliveries of any content are taken in and worked off', async () => {
    const secret = api.env.GITHUB_WEBHOOK_SECRET ?? '';
    const push = {
      ref: 'refs/heads/main',
      before: 'a'.repeat(40),
      after: 'b'.repeat(40),
      repository: { full_name: 'ana/bot' },
      head_commit: { id: 'b'.repeat(40), message: 'x' },
      commits: [],
    };
    let count = 0;
    await fc.assert(
      fc.asyncProperty(mutated(push), async (payload) => {
        const body = JSON.stringify(payload);
        const answer = await fetch(`${api.url}/webhooks/github`, {
          method: 'POST',
          body,
          headers: {
            'x-github-delivery': `fuzz-${count++}`,
            'x-github-event': 'push',
            'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
          },
        });
        expect(answer.status).toBe(202);
      }),
      runs,
    );
    await waitFor(
      async () => {
        const { rows } = await api.database.query(
          'SELECT 1 FROM github_delivery WHERE processed_at IS NULL AND attempts = 0',
        );
        return rows.length === 0;
      },
      { describe: 'all deliveries are looked at', timeoutMs: 20_000 },
    );
  });

  test.each([
    ['pt-BR', 'deve ter a forma dono/nome'],
    ['es-AR, en;q=0.5', 'debe tener la forma dueño/nombre'],
    ['en', 'must be owner/name'],
  ])('for %s it says what is wrong with a field as people there read it', async (language, message) => {
    const answer = await fetch(`${api.url}/v1/instances`, {
      method: 'POST',
      headers: { cookie: customer.cookie, 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ name: 'Bot', repository: 'nonsense', branch: 'main', planId: 'development' }),
    });
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ path: 'repository', message }] });
  });

  test('socket frames of any content are answered, and the socket goes on', async () => {
    const socket = await customer.socket();
    for (const name of Object.keys(clientEvents) as ClientEventName[]) {
      await fc.assert(
        fc.asyncProperty(nasty, async (frame) => {
          socket.emit(name, frame);
          socket.emit(name);
          socket.emit(`${name}.nope`, frame);
          expect(await customer.ask(socket, name, frame)).toMatchObject({ ok: false, code: 'invalid_input' });
        }),
        { numRuns: 10 },
      );
    }
    const stream = { kind: 'run', instanceId: instance.instanceId };
    expect(await customer.ask(socket, 'logs.watch', { stream })).toEqual({ ok: true });
  });

  test('one socket cannot watch without end', async () => {
    const socket = await customer.socket();
    const codes = new Set<string>();
    const { deploymentId } = own();
    for (let n = 0; n < 60; n++) {
      const made = n === 0 ? deploymentId : (await anotherDeployment()).deploymentId;
      const stream = { kind: 'build', instanceId: instance.instanceId, deploymentId: made };
      const answer = await customer.ask(socket, 'logs.watch', { stream });
      if (!answer.ok) codes.add(answer.code);
    }
    expect(codes).toEqual(new Set(['too_many_requests']));
  });

  const anotherDeployment = () =>
    customer.post<{ deploymentId: string }>(`/v1/instances/${instance.instanceId}/deployments`, {});
});
