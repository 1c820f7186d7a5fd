import { ClusterId, DesiredInstance, newId, PlanId } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { type Addresses, type DesiredRow, desiredInstance } from './desired-instance.ts';

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
  move: null,
};
const addresses: Addresses = {
  archiveOf: (id) => ({ url: `http://api.test/archives/${id}`, expiresAt: 123 }),
  dataOf: (moveId, direction) => ({ moveId, url: `http://api.test/transfers/${moveId}?${direction}`, expiresAt: 456 }),
};

test('carries everything that an engine needs, in the shape of the contract', () => {
  const desired = desiredInstance(row, addresses);
  expect(DesiredInstance.parse(desired)).toEqual(desired);
  expect(desired).toMatchObject({ generation: 7, state: 'running', restartRevision: 2, limits: { memoryMb: 512 } });
  expect(desired.deployment?.source.archiveUrl).toBe(`http://api.test/archives/${deploymentId}`);
  expect(desired.deployment?.artifact).toBe('sha256:1');
});

test('has no version where none was made, or all is to go', () => {
  expect(desiredInstance({ ...row, deployment: null }, addresses).deployment).toBeNull();
  expect(desiredInstance({ ...row, desiredState: 'purged' }, addresses).deployment).toBeNull();
});

test('one that moves is paused whatever its owner wants, and says what to do with its data', () => {
  const moveId = newId('move');
  const inPhase = (phase: 'stopping' | 'exporting' | 'importing', desiredState = row.desiredState) =>
    DesiredInstance.parse(desiredInstance({ ...row, desiredState, move: { moveId, phase } }, addresses));
  expect(inPhase('stopping')).toMatchObject({ state: 'paused' });
  expect(inPhase('stopping').data).toBeUndefined();
  const data = (direction: string) => ({
    moveId,
    url: `http://api.test/transfers/${moveId}?${direction}`,
    expiresAt: 456,
  });
  expect(inPhase('exporting')).toMatchObject({ state: 'paused', data: { export: data('export'), import: null } });
  expect(inPhase('importing')).toMatchObject({ state: 'paused', data: { export: null, import: data('import') } });
  expect(inPhase('importing', 'deleted').state).toBe('paused');
  expect(inPhase('importing', 'purged')).toMatchObject({ state: 'purged' });
});
