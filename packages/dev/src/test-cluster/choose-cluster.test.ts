import { describe, expect, test } from 'vitest';
import { testClusterSettings } from '../settings.ts';
import { chooseCluster, type Means } from './choose-cluster.ts';

const bare: Means = { docker: false, debian: false, root: false };
const everything: Means = { docker: true, debian: true, root: true };
const registry = { TEST_REGISTRY: 'registry.example', TEST_REGISTRY_USERNAME: 'a', TEST_REGISTRY_PASSWORD: 'b' };

const choose = (environment: Record<string, string>, means: Means) =>
  chooseCluster(testClusterSettings.parse(environment), means);

describe('the cluster is', () => {
  test('one that a file describes, before any other', () => {
    expect(choose({ ZARPA_TEST_CLUSTER: '/a.json', KUBECONFIG: '/b' }, everything)).toEqual({
      use: 'described',
      file: '/a.json',
    });
  });

  test('the one of KUBECONFIG, with the registry given', () => {
    expect(choose({ KUBECONFIG: '/b', ...registry }, everything)).toMatchObject({
      use: 'kubeconfig',
      kubeconfig: '/b',
      registry: { host: 'registry.example', insecure: false },
    });
  });

  test('kind where Docker answers, else our own as root on Debian', () => {
    expect(choose({}, everything)).toEqual({ use: 'kind' });
    expect(choose({}, { ...everything, docker: false })).toEqual({ use: 'own' });
  });
});

describe('advice says what to do', () => {
  test.each([
    [{ KUBECONFIG: '/b', TEST_REGISTRY: 'x' }, everything, 'TEST_REGISTRY_USERNAME, TEST_REGISTRY_PASSWORD'],
    [{ KUBECONFIG: '/a:/b', ...registry }, everything, 'Set it to one of them'],
    [{}, { ...bare, debian: true }, 'run the command as root'],
    [{}, bare, 'Start Docker'],
  ])('about %o', (environment, means, text) => {
    expect(choose(environment, means)).toMatchObject({ use: 'nothing', advice: expect.stringContaining(text) });
  });
});
