import { newId } from '@zarpa/contracts';
import { describe, expect, test } from 'vitest';
import { aDesired } from '../../local/testing/builders.ts';
import { shardNetworkPolicyOf, transfersNetworkPolicyOf } from '../manifests/shard.ts';
import { aRecord } from '../testing/builders.ts';
import { transferDestinations } from './transfer-destinations.ts';
import { transferBelongingsOf, transferJobOf } from './transfer-job.ts';

const bots = {
  runtimeClass: 'gvisor',
  nodeSelector: { pool: 'bots' },
  storageClass: null,
  dnsCidrs: [],
  privateCidrs: [],
};
const abilities = {
  userNamespaces: true,
  podResize: true,
  readWriteOncePod: true,
  admissionPolicies: true,
  metrics: true,
};
const settings = { image: 'node', caPem: 'a certificate', egress: [] };
const record = aRecord(aDesired({ state: 'paused' }));
const url = 'http://10.0.0.5:4301/transfers/1?ticket=secret';
const asked = { moveId: newId('move'), direction: 'import', url, expiresAt: 0 } as const;
const jobOf = (change: Partial<Parameters<typeof transferJobOf>[0]> = {}) =>
  transferJobOf({ record, asked, settings, bots, abilities, hasVolume: true, ...change });
const podOf = (change = {}) => jobOf(change).spec?.template.spec;

describe('the pod of a transfer', () => {
  test('does not run before it is let go, and never a second one beside it', () => {
    expect(jobOf().spec).toMatchObject({
      suspend: true,
      backoffLimit: 0,
      parallelism: 1,
      podReplacementPolicy: 'Failed',
    });
  });

  test('is as restricted as a bot, of the same user, in the same place', () => {
    expect(podOf()).toMatchObject({
      automountServiceAccountToken: false,
      hostUsers: false,
      runtimeClassName: 'gvisor',
      nodeSelector: { pool: 'bots' },
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001 },
    });
    expect(podOf()?.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('has the volume, or for an export without one nothing', () => {
    const claimName = `data-${record.desired.instanceId.replace('_', '-')}`;
    expect(podOf()?.volumes?.[0]).toEqual({ name: 'data', persistentVolumeClaim: { claimName } });
    expect(podOf({ hasVolume: false })?.volumes?.[0]).toEqual({ name: 'data', emptyDir: {} });
    const mount = (change = {}) => podOf(change)?.containers[0]?.volumeMounts?.[0];
    expect(mount()).toEqual({ name: 'data', mountPath: '/data', readOnly: false });
    expect(mount({ asked: { ...asked, direction: 'export' } })?.readOnly).toBe(true);
  });

  test('says nothing of its address: that is in a Secret which goes with the Job', async () => {
    expect(JSON.stringify(jobOf())).not.toContain('ticket');
    const destinations = await transferDestinations(url);
    expect(destinations).toEqual([{ cidr: '10.0.0.5/32', port: 4301 }]);
    const { secret, program, policy } = transferBelongingsOf({
      ...{ record, asked, settings, destinations },
      ...{ jobUid: 'job-1', program: 'a program' },
    });
    for (const { metadata } of [secret, program, policy]) {
      expect(metadata?.ownerReferences).toMatchObject([{ kind: 'Job', uid: 'job-1' }]);
    }
    expect(JSON.stringify([program, policy])).not.toContain('ticket');
    const input = Buffer.from(secret.data?.['input.json'] ?? '', 'base64').toString();
    const maxBytes = record.desired.limits.storageMb * 1_048_576;
    expect(JSON.parse(input)).toEqual({ direction: 'import', url, maxBytes });
    const to = [{ ipBlock: { cidr: '10.0.0.5/32' } }];
    expect(policy.spec?.egress).toEqual([{ to, ports: [{ protocol: 'TCP', port: 4301 }] }]);
  });
});

test('a transfer reaches name servers and its address, and not the internet as bots do', () => {
  const key = 'zarpa.dev/part';
  expect(shardNetworkPolicyOf('shard', bots).spec?.podSelector).toEqual({
    matchExpressions: [{ key, operator: 'NotIn', values: ['transfer'] }],
  });
  const { spec } = transfersNetworkPolicyOf('shard', bots);
  expect(spec).toMatchObject({ podSelector: { matchLabels: { [key]: 'transfer' } }, ingress: [] });
  expect(spec?.egress?.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([[53, 53]]);
});
