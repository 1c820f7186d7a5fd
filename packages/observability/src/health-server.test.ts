import { expect, onTestFinished, test } from 'vitest';
import { startHealthServer } from './health-server.ts';
import { createMetrics } from './metrics.ts';

async function start(checks: Record<string, () => Promise<unknown>>) {
  const server = await startHealthServer({ port: 0, checks, registry: createMetrics({ app: 'test' }) });
  onTestFinished(() => server.close());
  return (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
}

test('readiness names the checks that fail, liveness does not depend on them', async () => {
  const get = await start({ database: async () => 1, broker: () => Promise.reject(new Error('down')) });
  const ready = await get('/health/ready');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ status: 'failing', failing: ['broker'] });
  expect((await get('/health/live')).status).toBe(200);
});

test('a check that throws or never answers counts as failing', async () => {
  const get = await start({
    hanging: () => new Promise(() => undefined),
    throwing: () => {
      throw new Error('at once');
    },
  });
  expect(await (await get('/health/ready')).json()).toMatchObject({ failing: ['hanging', 'throwing'] });
});

test('metrics carry the name of the app', async () => {
  const get = await start({});
  expect(await (await get('/metrics')).text()).toMatch(/process_cpu_seconds_total\{app="test"\}/);
  expect((await get('/elsewhere')).status).toBe(404);
});
