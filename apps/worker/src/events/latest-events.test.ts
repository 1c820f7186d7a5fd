import { ClusterId, newId } from '@zarpa/contracts';
import { createLogger } from '@zarpa/observability';
import { waitFor } from '@zarpa/testing';
import { describe, expect, it } from 'vitest';
import { type EventPayload, LatestEvents, type PublishEvent } from './latest-events.ts';

const logger = createLogger({ app: 'test', level: 'silent' });
const instanceId = newId('instance');

const inventory = (takenAt: number): EventPayload<'cluster.inventory'> => ({
  version: 1,
  workerId: 'test',
  clusterId: ClusterId.parse('test'),
  engine: 'local',
  takenAt,
  instances: [],
});

/** A broker that may be away, and remembers what it got. */
class FakeBroker {
  isAway = false;
  attempts = 0;
  readonly got: number[] = [];
  hold: Promise<void> = Promise.resolve();

  readonly publish: PublishEvent = async (_name, payload) => {
    this.attempts += 1;
    const { takenAt } = payload as EventPayload<'cluster.inventory'>;
    await this.hold;
    if (this.isAway) throw new Error('away');
    this.got.push(takenAt);
  };
}

describe('LatestEvents', () => {
  it('sends the newest state of a key after an outage, and nothing older', async () => {
    const broker = new FakeBroker();
    const events = new LatestEvents({ publish: broker.publish, logger });
    broker.isAway = true;
    for (let takenAt = 1; takenAt <= 50; takenAt++) events.put(instanceId, 'cluster.inventory', inventory(takenAt));
    await waitFor(() => broker.attempts >= 2, { describe: 'it tried again' });
    broker.isAway = false;
    await events.drained;
    expect(broker.got).toEqual([50]);
  });

  it('never sends two states of one key at the same time, so that they cannot overtake each other', async () => {
    const broker = new FakeBroker();
    const { promise, resolve } = Promise.withResolvers<void>();
    broker.hold = promise;
    const events = new LatestEvents({ publish: broker.publish, logger });
    for (const takenAt of [1, 2, 3]) events.put('key', 'cluster.inventory', inventory(takenAt));
    expect(broker.attempts).toBe(1);
    resolve();
    await events.drained;
    expect(broker.got).toEqual([1, 3]);
  });

  it('sends different keys side by side', async () => {
    const broker = new FakeBroker();
    const { promise, resolve } = Promise.withResolvers<void>();
    broker.hold = promise;
    const events = new LatestEvents({ publish: broker.publish, logger });
    for (const takenAt of [1, 2, 3]) events.put(`key ${takenAt}`, 'cluster.inventory', inventory(takenAt));
    expect(broker.attempts).toBe(3);
    resolve();
    await events.drained;
    expect(broker.got.toSorted()).toEqual([1, 2, 3]);
  });

  it('closes although the broker never comes back', async () => {
    const broker = new FakeBroker();
    broker.isAway = true;
    const events = new LatestEvents({ publish: broker.publish, logger });
    events.put('key', 'cluster.inventory', inventory(1));
    await events.close(50);
    expect(broker.got).toEqual([]);
  });
});
