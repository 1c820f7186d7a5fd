import { describe, expect, it } from 'vitest';
import { findNature } from './abilities.ts';
import { KubernetesError } from './client/kubernetes-error.ts';

const refusal = (code: number) => KubernetesError.fromStatus({ code, message: 'refused' });

function clusterWith(answers: Readonly<Record<string, unknown>>) {
  return {
    getRaw: async (path: string): Promise<unknown> => {
      const answer = answers[path] ?? refusal(404);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

const resources = (...names: string[]) => ({ resources: names.map((name) => ({ name })) });
const version = { gitVersion: 'v1.36.3', minor: '36' };
const metricsPath = '/apis/metrics.k8s.io/v1beta1';

describe('what a cluster can do', () => {
  it('is told with what is done where it can not', async () => {
    const nature = await findNature(clusterWith({ '/version': { gitVersion: 'v1.28.0', minor: '28+' } }));
    expect(Object.values(nature.abilities)).toEqual([false, false, false, false, false]);
    expect(nature.report.map(({ status }) => status)).toEqual(Array(5).fill('missing'));
    expect(nature.report.every(({ detail }) => detail !== null)).toBe(true);
  });

  it('includes all that a new cluster has', async () => {
    const nature = await findNature(
      clusterWith({
        '/version': version,
        '/api/v1': resources('pods', 'pods/resize'),
        '/apis/admissionregistration.k8s.io/v1': resources('validatingadmissionpolicies'),
        [metricsPath]: resources('pods'),
      }),
    );
    expect(Object.values(nature.abilities)).toEqual([true, true, true, true, true]);
    expect(nature.version).toBe('v1.36.3');
  });

  it('includes metrics whose server does not answer at the moment', async () => {
    const nature = await findNature(clusterWith({ '/version': version, [metricsPath]: refusal(503) }));
    expect(nature.abilities.metrics).toBe(true);
  });

  it('is not guessed where the API server itself refuses', async () => {
    await expect(findNature(clusterWith({ '/version': version, '/api/v1': refusal(500) }))).rejects.toThrow('refused');
  });
});
