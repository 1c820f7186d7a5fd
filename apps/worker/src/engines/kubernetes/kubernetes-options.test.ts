import { expect, it } from 'vitest';
import { workerSettings } from '../../settings.ts';
import { kubernetesOptions } from './kubernetes-options.ts';

const required = {
  RABBITMQ_URL: 'amqp://127.0.0.1/zarpa',
  REDIS_URL: 'redis://127.0.0.1',
  ENVIRONMENT_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
};
const egressOf = (settings: Record<string, string>) =>
  kubernetesOptions(workerSettings.parse({ ...required, ...settings })).builds.egress;

it('reads where builds may go, by address and by pod', () => {
  expect(egressOf({ BUILD_EGRESS_CIDRS: '10.0.0.5/32:5000, 10.0.0.6/32' })).toEqual([
    { cidr: '10.0.0.5/32', port: 5_000 },
    { cidr: '10.0.0.6/32', port: null },
  ]);
  expect(egressOf({ BUILD_EGRESS_PODS: 'zarpa/app.kubernetes.io/component=sandbox:4302,other/app=git' })).toEqual([
    { namespace: 'zarpa', labels: { 'app.kubernetes.io/component': 'sandbox' }, port: 4_302 },
    { namespace: 'other', labels: { app: 'git' }, port: null },
  ]);
});

it('reads where the data of a move may go', () => {
  const settings = { TRANSFER_EGRESS_CIDRS: '10.0.0.5/32:443', TRANSFER_EGRESS_PODS: 'zarpa/app=api:4301' };
  expect(kubernetesOptions(workerSettings.parse({ ...required, ...settings })).transfers.egress).toEqual([
    { cidr: '10.0.0.5/32', port: 443 },
    { namespace: 'zarpa', labels: { app: 'api' }, port: 4_301 },
  ]);
});

it('refuses pods that it could only read as all of them', () => {
  expect(() => egressOf({ BUILD_EGRESS_PODS: 'zarpa:4302' })).toThrow('BUILD_EGRESS_PODS');
});
