import { newId } from '@zarpa/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { openTestOperator, type TestOperator } from '../../testing/operator.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const kubeconfig = 'apiVersion: v1\nkind: Config\nclusters: []\n';
let api: TestApi;
let operator: TestOperator;
let customer: Customer;

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  const files = { 'north.yaml': kubeconfig, '-': `${kubeconfig}# newer\n`, 'notes.txt': 'hello' };
  operator = await openTestOperator(api, files);
  customer = await Customer.arrive(api);
});
afterAll(async () => {
  await operator.close();
  await api.stop();
});

const run = (line: string) => operator.run(...line.split(' ').filter(Boolean));
const stateOf = async (clusterId: string) => {
  const { rows } = await api.database.query('SELECT state FROM cluster WHERE cluster_id = $1', [clusterId]);
  return rows[0]?.state;
};

test('a kubeconfig is kept sealed, and printed for the operator who asks for it', async () => {
  await run('add north --name North --kubeconfig north.yaml');
  const { rows } = await api.database.query(`SELECT sealed_kubeconfig FROM cluster WHERE cluster_id = 'north'`);
  expect(rows[0]).toMatchObject({ sealed_kubeconfig: { keyId: 'test', ciphertext: expect.any(String) } });
  expect(JSON.stringify(rows)).not.toContain('clusters');
  expect(await run('kubeconfig north')).toBe(kubeconfig);
  await run('kubeconfig north --set -');
  expect(await run('kubeconfig north')).toContain('# newer');
});

test('a sealed kubeconfig opens for its own cluster alone', async () => {
  await run('add twin');
  await api.database.query(
    `UPDATE cluster SET sealed_kubeconfig = (SELECT sealed_kubeconfig FROM cluster WHERE cluster_id = 'north')
     WHERE cluster_id = 'twin'`,
  );
  await expect(run('kubeconfig twin')).rejects.toThrow('made for another place');
  await run('remove twin');
});

test('what is listed says what there is and what was reported', async () => {
  const lines = (await run('list')).split('\n');
  expect(lines[0]).toMatch(/^CLUSTER +NAME +ENGINE +STATE +INSTANCES/);
  expect(lines.find((line) => line.startsWith('north'))).toMatch(
    /North +kubernetes +accepting +0 +untold +untold +never/,
  );
});

test('takes and refuses new instances as it is told', async () => {
  await run('close north');
  expect(await stateOf('north')).toBe('closed');
  await run('open north');
  expect(await stateOf('north')).toBe('accepting');
  await run('drain north');
  expect(await stateOf('north')).toBe('draining');
});

test('a cluster with instances is not removed; one without is', async () => {
  const instance = await customer.create({ repository: 'ana/bot' });
  await expect(run('remove local')).rejects.toThrow(/has 1 instance\(s\).*drain local/s);
  await run('add empty');
  await run('remove empty');
  expect(await stateOf('empty')).toBeUndefined();
  expect(instance.clusterId).toBe('local');
});

test('instances of a local cluster do not move, and say so', async () => {
  const { instanceId } = await customer.create({ repository: 'ana/bot' });
  await run('open north');
  await expect(run(`move ${instanceId} north`)).rejects.toThrow(/local is a local one.*kubernetes clusters only/);
  await expect(run('drain local')).rejects.toThrow(/kubernetes clusters only/);
  expect(await stateOf('local')).toBe('accepting');
  await api.database.query(`UPDATE instance SET cluster_id = 'north' WHERE instance_id = $1`, [instanceId]);
  await expect(run(`move ${instanceId} local`)).rejects.toThrow(/kubernetes clusters only/);
  await expect(run(`move ${instanceId} north`)).rejects.toThrow('in the cluster north already');
});

test('a second move of the same instance, and one to a closed cluster, are refused', async () => {
  const { instanceId } = await customer.create({ repository: 'ana/bot' });
  await api.database.query(`UPDATE instance SET cluster_id = 'north' WHERE instance_id = $1`, [instanceId]);
  await run('add south');
  await run('close south');
  await expect(run(`move ${instanceId} south`)).rejects.toThrow('open south');
  await run('open south');
  expect(await run(`move ${instanceId} south`)).toMatch(/^Requested mov_/);
  await expect(run(`move ${instanceId} south`)).rejects.toThrow('has a move already');
  await expect(run('remove south')).rejects.toThrow('are moving to the cluster south');
  expect(await run('moves')).toMatch(new RegExp(`${instanceId} +north +south +requested`));
});

test.each([
  ['', 'Clusters, and where instances are'],
  ['fly', 'There is no command fly'],
  ['toString', 'There is no command toString'],
  ['add', 'Name a cluster'],
  ['add Not_A_Name', '"Not_A_Name" is not a cluster'],
  ['add north', 'There is a cluster north already'],
  ['add other --engine docker', 'is not an engine'],
  ['add other --colour red', 'colour'],
  ['add other --kubeconfig notes.txt', 'not a kubeconfig'],
  ['add other --engine local --kubeconfig north.yaml', 'A local cluster has no kubeconfig'],
  ['open nowhere', 'There is no cluster nowhere'],
  ['kubeconfig local', 'No kubeconfig is kept'],
  [`move ${newId('instance')} north`, 'There is no instance'],
  [`cancel ${newId('move')}`, 'under way'],
])('"%s" is refused with what to do', async (line, text) => {
  await expect(run(line)).rejects.toThrow(text);
});
