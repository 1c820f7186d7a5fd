import { ClusterId, DesiredInstance, newId, PlanId } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { type DesiredRow, desiredInstance } from './desired-instance.ts';

const deploymentId = newId('deployment');
const row: DesiredRow = {
  instanceId: newId('instance'),
  ownerId: newId('owner'),
  clusterId: ClusterId.parse('local'),
  generation: 7,
  desiredState: 'running',
  restartRevision: 2,
  planId: PlanId.parse('essencial'),
  memoryMb: 512,
  cpuMillis: 500,
  storageMb: 2048,
  deployment: {
    deploymentId,
    repository: 'ana/bot',
    commitSha: 'a'.repeat(40),
    rootDirectory: 'bots/one',
    overrides: { install: null, build: null, start: 'node index.js' },
    artifact: 'sha256:1',
    sealedEnvironment: { keyId: 'k1', nonce: 'AAAA', ciphertext: 'AAAA', tag: 'AAAA' },
  },
};
const archiveOf = (id: string) => ({ url: `http://api.test/archives/${id}`, expiresAt: 123 });

test('carries everything that an engine needs, in the shape of the contract', () => {
  const desired = desiredInstance(row, archiveOf);
  expect(DesiredInstance.parse(desired)).toEqual(desired);
  expect(desired).toMatchObject({ generation: 7, state: 'running', restartRevision: 2, limits: { memoryMb: 512 } });
  expect(desired.deployment?.source.archiveUrl).toBe(`http://api.test/archives/${deploymentId}`);
  expect(desired.deployment?.artifact).toBe('sha256:1');
});

test('has no version where none was made, or all is to go', () => {
  expect(desiredInstance({ ...row, deployment: null }, archiveOf).deployment).toBeNull();
  expect(desiredInstance({ ...row, desiredState: 'purged' }, archiveOf).deployment).toBeNull();
});
