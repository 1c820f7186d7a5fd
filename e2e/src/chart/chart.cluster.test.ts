import { randomBytes } from 'node:crypto';
import { type KubernetesObject, loadAllYaml } from '@kubernetes/client-node';
import { connectTestCluster } from '@zarpa/test-cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Kubernetes } from './kubernetes.ts';
import { chartFolder, helm } from './programs.ts';
import { everything } from './values.ts';

const cluster = connectTestCluster();
const { kubeconfig, registry } = cluster;
const kubernetes = new Kubernetes(kubeconfig);
const prefix = `t-chart-${randomBytes(3).toString('hex')}`;
const values = { ...everything, engine: { ...everything.engine, namespacePrefix: prefix } };
const monitoring = ['--api-versions', 'monitoring.coreos.com/v1/ServiceMonitor'];

beforeAll(async () => {
  for (const name of [prefix, `${prefix}-engine`, `${prefix}-builds`]) await kubernetes.createNamespace(name, registry);
});
afterAll(() => kubernetes.removeNamespaces(prefix));

async function render(args: readonly string[] = [], given: unknown = values): Promise<KubernetesObject[]> {
  const text = await helm(['template', 'zarpa', chartFolder, '--namespace', prefix, ...args], { values: given });
  return (loadAllYaml(text) as (KubernetesObject | null)[]).filter((object) => object !== null);
}

const names = (objects: readonly KubernetesObject[], kind: string) =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata?.name);

test('the chart is without fault by lint, with what is required and with everything', async () => {
  await expect(helm(['lint', chartFolder, '--strict'], { values })).resolves.toContain('0 chart(s) failed');
});

test.each([
  ['a value that there is not', { api: { replica: 3 } }, 'replica'],
  ['a wrong type', { web: { replicas: 'two' } }, 'replicas'],
  ['an address that is none', { urls: { web: 'app.example.com' } }, 'web'],
  ['a setting that is none', { settings: { 'log level': 'info' } }, 'log level'],
  ['no database', { database: { url: '' } }, 'DATABASE_URL'],
  ['a trial with a database of one’s own', { trial: { enabled: true } }, 'trial.enabled'],
  ['two clusters of one id', { clusters: [{ id: 'main', kubeconfigSecret: { name: 'x' } }] }, 'id of its own'],
  ['no image', { image: { repository: '' } }, 'image.repository'],
])('the schema and the checks refuse %s, and say what is wrong', async (_, change, complaint) => {
  await expect(render([], { ...values, ...change })).rejects.toThrow(complaint);
});

test('nothing optional is made unless it is asked for, and all of it is when it is', async () => {
  const { image, urls, database, rabbitmq, redis } = everything;
  const least = await render(monitoring, {
    image,
    urls,
    database,
    rabbitmq,
    redis,
    engine: { registry: { host: 'r' } },
  });
  for (const kind of ['Ingress', 'HorizontalPodAutoscaler', 'ServiceMonitor', 'StatefulSet'])
    expect(names(least, kind)).toEqual([]);
  const most = await render(monitoring);
  expect(names(most, 'ServiceMonitor')).toEqual(['zarpa-api', 'zarpa-worker']);
  expect(names(most, 'Deployment')).toEqual(['zarpa-api', 'zarpa-web', 'zarpa-worker-main', 'zarpa-worker-other']);
  expect(names(most, 'HorizontalPodAutoscaler')).toHaveLength(4);
  expect(names(await render(), 'ServiceMonitor')).toEqual([]);
});

test('the real API server takes every object, without making it', async () => {
  const objects = await render();
  expect(objects.length).toBeGreaterThan(30);
  for (const object of objects) {
    const applied = await kubernetes.objects.patch(
      object,
      undefined,
      'All',
      'test',
      true,
      'application/apply-patch+yaml',
    );
    expect(applied.metadata?.name).toBe(object.metadata?.name);
  }
});
