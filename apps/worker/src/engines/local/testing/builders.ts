import { type BuildPlan, ClusterId, type DesiredInstance, newId, PlanId } from '@zarpa/contracts';
import { accept } from '../../instance/accept.ts';
import type { Kept } from '../../instance/kept.ts';
import { published } from '../../instance/progress.ts';
import { firstRecord, type InstanceRecord, type Tombstone } from '../record.ts';

type Deployment = NonNullable<DesiredInstance['deployment']>;

export function aDeployment(change: Partial<Deployment> = {}): Deployment {
  return {
    deploymentId: newId('deployment'),
    source: {
      kind: 'repository',
      repository: 'owner/name',
      commitSha: '0123456789abcdef0123456789abcdef01234567',
      rootDirectory: '',
      archiveUrl: 'http://127.0.0.1/archive',
      archiveExpiresAt: 1_000_000,
    },
    overrides: { install: null, build: null, start: null },
    artifact: null,
    environment: { keyId: 'k', nonce: '', ciphertext: '', tag: '' },
    ...change,
  };
}

export function aDesired(change: Partial<DesiredInstance> = {}): DesiredInstance {
  return {
    instanceId: newId('instance'),
    ownerId: newId('owner'),
    clusterId: ClusterId.parse('test'),
    generation: 1,
    state: 'running',
    restartRevision: 0,
    limits: { planId: PlanId.parse('development'), memoryMb: 256, cpuMillis: 500, storageMb: 512 },
    deployment: aDeployment(),
    ...change,
  };
}

export const aBuildPlan: BuildPlan = {
  version: 1,
  runtime: 'node',
  runtimeVersion: '24',
  packageManager: 'npm',
  rootDirectory: '',
  installCommand: null,
  buildCommand: null,
  startCommand: 'node index.js',
  systemPackages: [],
  environment: {},
  suggestions: { name: null, memoryMb: null },
  findings: [],
  dockerfile: 'FROM scratch',
};

export function aRecord(desired: DesiredInstance, change: Partial<InstanceRecord> = {}): InstanceRecord {
  const first = (kept: Kept, revision: number) =>
    firstRecord({ kept, revision, log: { epoch: 1, nonce: 'n' }, now: 0 });
  const accepted = accept<InstanceRecord, Tombstone>({ desired, record: null, tombstone: null, first, now: 0 });
  if (accepted.kind === 'buried') throw new Error('There is no tombstone');
  return { ...accepted.record, ...change };
}

/** The newest deployment built and published, not started yet. */
export function publishedRecord(desired: DesiredInstance, change: Partial<InstanceRecord> = {}): InstanceRecord {
  const record = aRecord(desired);
  if (record.progress === null) throw new Error('There is no deployment');
  const result = { artifact: `local:${record.progress.deploymentId}`, artifactBytes: 1 };
  const progress = published({ ...record.progress, buildPlan: aBuildPlan }, result, 0);
  return { ...record, progress, ...change };
}
