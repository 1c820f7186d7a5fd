import { ClusterId, commandCatalog, commandLifetimeMs, type DesiredInstance, newId, PlanId } from '@zarpa/contracts';
import { RejectMessage } from '@zarpa/messaging';
import { createLogger } from '@zarpa/observability';
import { describe, expect, it } from 'vitest';
import { SealedEnvironmentError } from '../environment/open-environment.ts';
import { createCommandHandlers } from './command-handlers.ts';

const clusterId = ClusterId.parse('here');
const logger = createLogger({ app: 'test', level: 'silent' });
const meta = { messageId: 'msg', attempt: 1, redelivered: false };

const desired = (change: Partial<DesiredInstance> = {}): DesiredInstance => ({
  instanceId: newId('instance'),
  ownerId: newId('owner'),
  clusterId,
  generation: 3,
  state: 'paused',
  restartRevision: 0,
  limits: { planId: PlanId.parse('development'), memoryMb: 256, cpuMillis: 500, storageMb: 512 },
  deployment: null,
  ...change,
});

const command = (change: Partial<DesiredInstance> = {}, issuedAt = Date.now()) => ({
  version: 1 as const,
  messageId: newId('message'),
  issuedAt,
  desired: desired(change),
});

function handlersOver(reconcile: (desired: DesiredInstance) => Promise<void>) {
  return createCommandHandlers({ engine: { reconcile }, clusterId, logger });
}

describe('createCommandHandlers', () => {
  it('hands the whole desired state of every command to the engine', async () => {
    const taken: DesiredInstance[] = [];
    const handlers = handlersOver(async (one) => void taken.push(one));
    const one = command();
    for (const handler of Object.values(handlers)) await handler(one, meta);
    expect(Object.keys(handlers)).toEqual(Object.keys(commandCatalog));
    expect(taken).toEqual(Object.keys(commandCatalog).map(() => one.desired));
  });

  it('drops an expired command', async () => {
    const handlers = handlersOver(async () => expect.unreachable());
    await handlers['instance.deploy'](command({}, Date.now() - commandLifetimeMs - 1), meta);
  });

  it('refuses a command for another cluster', async () => {
    const handlers = handlersOver(async () => expect.unreachable());
    const elsewhere = command({ clusterId: ClusterId.parse('elsewhere') });
    await expect(handlers['instance.pause'](elsewhere, meta)).rejects.toMatchObject({ code: 'wrong_cluster' });
  });

  it('dead-letters variables that cannot be opened, and lets other failures be tried again', async () => {
    const sealed = handlersOver(async () => {
      throw new SealedEnvironmentError('unknown_key', 'no such key');
    });
    await expect(sealed['instance.deploy'](command(), meta)).rejects.toBeInstanceOf(RejectMessage);
    const full = new Error('disk full');
    const failing = handlersOver(async () => {
      throw full;
    });
    await expect(failing['instance.deploy'](command(), meta)).rejects.toBe(full);
  });
});
