import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loneBot } from '../fixtures/lone-bot.ts';
import { Courier } from '../platform/courier.ts';
import { Customer } from '../platform/customer.ts';
import { converge, desiredOf, doubledBots, type Expectation } from '../platform/model.ts';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { seededRandom } from '../platform/random.ts';
import { addRepository } from '../platform/repository.ts';

const random = seededRandom('bad network');
const changes = 60;

let platform: Platform;
let customer: Customer;
let courier: Courier;

beforeAll(async () => {
  platform = await startPlatform({ workerEnvironment: { RABBITMQ_NAME_PREFIX: 'far.' } });
  await addRepository(`${platform.directory}/sandbox`, 'teste/bot-solitario', loneBot);
  courier = await Courier.open(platform.rabbitmq.url, random, { lost: 0.3, doubled: 0.3, delayMs: 2_000 });
  await courier.carry('commands.local', 'far.commands');
  await courier.carry('far.events.api', 'events');
  customer = await Customer.arrive(platform);
});

afterAll(async () => {
  customer?.leave();
  await courier?.close();
  await platform?.stop();
});

const actions = {
  running: ['pause', 'restart', 'deploy', 'delete'],
  paused: ['resume', 'delete'],
  deleted: ['restore'],
} as const;
async function changeSomething(expectations: readonly Expectation[]): Promise<void> {
  const expectation = random.pick(expectations);
  const action = random.pick<'deploy' | 'delete' | 'pause' | 'resume' | 'restart' | 'restore'>(
    actions[expectation.wanted ?? 'running'],
  );
  const id = expectation.instanceId;
  if (action === 'deploy') await customer.deploy(id);
  else if (action === 'delete') {
    await customer.delete(id);
    expectation.wanted = 'deleted';
  } else expectation.wanted = desiredOf(await customer.act(id, action));
}

/** One that was never left alone for long enough to run says nothing of copies. */
async function startAll(expectations: readonly Expectation[]): Promise<void> {
  for (const expectation of expectations) {
    const id = expectation.instanceId;
    if (expectation.wanted === 'deleted') expectation.wanted = desiredOf(await customer.act(id, 'restore'));
    if (expectation.wanted === 'paused') expectation.wanted = desiredOf(await customer.act(id, 'resume'));
  }
  await converge(customer, expectations, 120_000);
}

test('commands and events lost (30 %), doubled, reordered and delayed: every instance ends in its newest desired state', {
  timeout: 300_000,
}, async () => {
  const expectations: Expectation[] = [];
  for (let i = 0; i < 6; i++) {
    const { instanceId } = await customer.createInstance({ name: `Bot ${i + 1}`, repository: 'teste/bot-solitario' });
    expectations.push({ instanceId, wanted: 'running' });
  }
  for (let i = 0; i < changes; i++) {
    await changeSomething(expectations);
    await delay(random.between(0, 200));
  }
  await converge(customer, expectations, 120_000);
  expect(courier.counts.lost).toBeGreaterThan(changes / 10);
  expect(courier.counts.doubled).toBeGreaterThan(changes / 10);
  await startAll(expectations);
  expect(await doubledBots(platform, expectations)).toEqual([]);
});
