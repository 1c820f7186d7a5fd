import { newId } from '@zarpa/contracts';
import type { Pod } from 'kubernetes-types/core/v1';
import { expect, it } from 'vitest';
import { label } from '../names.ts';
import { botContainer, readPod } from './pod-facts.ts';

const deploymentId = newId('deployment');

const podWith = (labels: Record<string, string>, environment: Record<string, string>): Pod => ({
  metadata: { uid: 'pod-1', labels },
  spec: {
    containers: [{ name: botContainer, env: Object.entries(environment).map(([name, value]) => ({ name, value })) }],
  },
});

it('reads of which deployment and run a pod is', () => {
  const pod = podWith({ [label.deployment]: deploymentId, [label.run]: 'run' }, {});
  expect(readPod(pod)).toMatchObject({ uid: 'pod-1', deploymentId, run: 'run' });
});

it('knows a pod whose labels were edited, as one of no run that is wanted', () => {
  const pod = podWith({ [label.deployment]: 'edited', [label.run]: 'run' }, { ZARPA_DEPLOYMENT_ID: deploymentId });
  expect(readPod(pod)).toMatchObject({ deploymentId, run: '' });
});

it('leaves a pod alone that is none of ours', () => {
  expect(readPod(podWith({}, {}))).toBeNull();
});
