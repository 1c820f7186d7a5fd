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

it('tells apart why a bot does not start and why its log keeper does not', () => {
  const status = (bot: object, keeper: object): Pod => ({
    ...podWith({ [label.deployment]: deploymentId }, {}),
    status: {
      containerStatuses: [
        { name: 'log-keeper', state: keeper, image: '', imageID: '', ready: false, restartCount: 4 },
        { name: botContainer, state: bot, image: '', imageID: '', ready: true, restartCount: 0 },
      ],
    },
  });
  const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
  const waiting = { waiting: { reason: 'ErrImagePull', message: 'not found' } };
  const reason = { code: 'image_pull_failed', params: { detail: 'not found' } };
  expect(readPod(status(running, waiting))).toMatchObject({ problem: null, logKeeperProblem: reason, ends: 0 });
  expect(readPod(status(waiting, running))).toMatchObject({ problem: reason, logKeeperProblem: null });
});

it('is over when the bot has ended, whatever its log keeper did, and only when it is being deleted', () => {
  const ended = { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-01-01T00:00:00Z' } };
  const pod = podWith({ [label.deployment]: deploymentId }, {});
  const keeperEnded: Pod = {
    metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    spec: { ...pod.spec, nodeName: 'node-1', containers: pod.spec?.containers ?? [] },
    status: {
      containerStatuses: [
        { name: 'log-keeper', state: ended, image: '', imageID: '', ready: false, restartCount: 0 },
        { name: botContainer, state: { running: {} }, image: '', imageID: '', ready: true, restartCount: 0 },
      ],
    },
  };
  expect(readPod(keeperEnded)).toMatchObject({ over: false, ends: 0, lastEnd: null });
});
