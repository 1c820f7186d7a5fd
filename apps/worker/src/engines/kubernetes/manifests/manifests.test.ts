import { describe, expect, test } from 'vitest';
import { aDesired } from '../../local/testing/builders.ts';
import { statefulSetMatches } from '../instance-objects.ts';
import { versionOf } from '../testing/builders.ts';
import { covers } from './covers.ts';
import { shardNetworkPolicyOf } from './shard.ts';
import { type BotManifestInput, botResources, runOf, statefulSetOf } from './stateful-set.ts';

const desired = aDesired();
const bots = {
  runtimeClass: null,
  nodeSelector: {},
  storageClass: null,
  logKeeperImage: 'docker.io/library/node:24-bookworm-slim',
  dnsCidrs: [],
  privateCidrs: ['203.0.113.0/24'],
};
const input = (change: Partial<BotManifestInput> = {}): BotManifestInput => ({
  desired,
  version: versionOf(desired),
  revision: 7,
  shard: 'zarpa-bots-00',
  replicas: 1,
  bots,
  abilities: { userNamespaces: true, podResize: true, readWriteOncePod: true, admissionPolicies: true, metrics: true },
  stopGraceMs: 30_000,
  hasNodeOptions: false,
  ...change,
});
const podOf = (change: Partial<BotManifestInput> = {}) => statefulSetOf(input(change)).spec?.template.spec;

describe('the pod of a bot', () => {
  test('has no token, no service links, a user namespace, and nothing to write to but its volumes', () => {
    expect(podOf()).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostUsers: false,
      terminationGracePeriodSeconds: 30,
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(podOf()?.containers).toHaveLength(2);
    for (const { securityContext } of podOf()?.containers ?? []) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test('has the bot first, which limits are changed of, and a log keeper that reaches nothing of it', () => {
    const [bot, keeper] = podOf()?.containers ?? [];
    expect(bot).toMatchObject({ name: 'bot', resources: botResources(desired.limits) });
    expect(keeper).toMatchObject({ name: 'log-keeper', image: bots.logKeeperImage, stdin: true });
    expect(keeper).not.toHaveProperty('volumeMounts');
    expect(keeper).not.toHaveProperty('envFrom');
  });

  test('runs without a user namespace where the cluster has none, and in the runtime class of the settings', () => {
    expect(podOf({ abilities: { ...input().abilities, userNamespaces: false } })).not.toHaveProperty('hostUsers');
    expect(podOf({ bots: { ...bots, runtimeClass: 'gvisor' } })).toMatchObject({ runtimeClassName: 'gvisor' });
  });

  test('gives way to paid ones when it is free', () => {
    expect(podOf()?.priorityClassName).toBe('zarpa-free');
    const paid = aDesired({ limits: { ...desired.limits, planId: 'small' as typeof desired.limits.planId } });
    expect(podOf({ desired: paid })?.priorityClassName).toBe('zarpa-paid');
  });

  test('tells Node how large its heap may get, unless its owner does', () => {
    const env = (change: Partial<BotManifestInput> = {}) => podOf(change)?.containers[0]?.env?.map(({ name }) => name);
    expect(env()).toContain('NODE_OPTIONS');
    expect(env({ hasNodeOptions: true })).not.toContain('NODE_OPTIONS');
  });
});

describe('a run', () => {
  test('is another one for another version or restart, and the same for other limits', () => {
    const version = versionOf(desired);
    const same = runOf({ desired: { ...desired, limits: { ...desired.limits, memoryMb: 512 } }, version });
    expect(same).toBe(runOf({ desired, version }));
    expect(runOf({ desired: { ...desired, restartRevision: 1 }, version })).not.toBe(same);
    expect(runOf({ desired, version: { ...version, artifact: 'other' } })).not.toBe(same);
  });
});

describe('what is', () => {
  const live = (change: Record<string, unknown> = {}) => ({
    ...structuredClone(statefulSetOf(input())),
    status: { replicas: 1 },
    ...change,
  });

  test('matches with fields that others added, and with an older revision', () => {
    expect(statefulSetMatches(live(), statefulSetOf(input({ revision: 99 })))).toBe(true);
  });

  test('differs after an edit by hand', () => {
    const scaled = live();
    scaled.spec = { ...scaled.spec, replicas: 3 } as typeof scaled.spec;
    expect(statefulSetMatches(scaled, statefulSetOf(input()))).toBe(false);
    const withSidecar = live();
    withSidecar.spec?.template.spec?.containers.push({ name: 'miner', image: 'miner' });
    expect(statefulSetMatches(withSidecar, statefulSetOf(input()))).toBe(false);
  });

  test.each([
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: [1, 2] }, { a: [1] }, false],
    [{}, { a: '' }, true],
    [{}, { a: { b: [] } }, true],
    [{ a: null }, { a: 'x' }, false],
  ])('%o covers %o: %s', (is, declared, expected) => {
    expect(covers(is, declared)).toBe(expected);
  });
});

test('bots reach the internet, and nothing private', () => {
  const policy = shardNetworkPolicyOf('zarpa-bots-00', bots);
  expect(policy.spec?.ingress).toEqual([]);
  const blocks = policy.spec?.egress?.at(-1)?.to?.map(({ ipBlock }) => ipBlock);
  expect(blocks?.[0]?.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '203.0.113.0/24']));
  expect(blocks?.[1]?.except).toContain('fc00::/7');
});
