import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loneBot } from '../fixtures/lone-bot.ts';
import { Customer } from '../platform/customer.ts';
import { converge, doubledBots, type Expectation } from '../platform/model.ts';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { seededRandom } from '../platform/random.ts';
import { addRepository } from '../platform/repository.ts';

const rounds = 30;
const instances = 6;
const random = seededRandom('kill -9');

let platform: Platform;
let customer: Customer;
const expectations: Expectation[] = [];

beforeAll(async () => {
  platform = await startPlatform({ workers: 2 });
  await addRepository(`${platform.directory}/sandbox`, 'teste/bot-solitario', loneBot);
  customer = await Customer.arrive(platform);
  for (let i = 0; i < instances; i++) {
    const { instanceId } = await customer.createInstance({ name: `Bot ${i + 1}`, repository: 'teste/bot-solitario' });
    expectations.push({ instanceId, wanted: 'running' });
  }
  await converge(customer, expectations, 60_000);
});

afterAll(async () => {
  customer?.leave();
  await platform?.stop();
});

const operations = {
  pause: async (id: string) => void (await customer.act(id, 'pause')),
  resume: async (id: string) => void (await customer.act(id, 'resume')),
  restart: async (id: string) => void (await customer.act(id, 'restart')),
  deploy: async (id: string) => void (await customer.deploy(id)),
} as const;
const wantedAfter = { pause: 'paused', resume: 'running', restart: 'running', deploy: 'running' } as const;

/** One change that the owner might ask for; a request that dies with its server has an unknown outcome. */
async function changeSomething(): Promise<void> {
  const expectation = random.pick(expectations);
  const name = random.pick(
    expectation.wanted === 'paused' ? (['resume'] as const) : (['pause', 'restart', 'deploy'] as const),
  );
  try {
    await operations[name](expectation.instanceId);
    expectation.wanted = wantedAfter[name];
  } catch {
    expectation.wanted = undefined;
  }
}

async function keepChanging(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await changeSomething();
    await delay(random.between(50, 300));
  }
}

const victims = {
  api: () => [platform.api.kill9(), () => platform.api.start()] as const,
  worker: () => {
    const worker = random.pick(platform.workers);
    return [worker.kill9(), () => worker.start()] as const;
  },
  rabbitmq: () => [platform.rabbitmq.kill9(), () => platform.rabbitmq.restart()] as const,
  redis: () => [platform.redis.kill9(), () => platform.redis.restart()] as const,
};

test(`kill -9 of api, worker, RabbitMQ and Redis in random order for ${rounds} rounds under load: all converge within 60 s, no deployment stuck, no command lost, never two copies of a bot`, {
  timeout: 15 * 60_000,
}, async () => {
  const names = Object.keys(victims) as (keyof typeof victims)[];
  for (let round = 1; round <= rounds; round++) {
    const load = new AbortController();
    const changes = keepChanging(load.signal);
    await delay(random.between(100, 500));
    const victim = random.pick(names);
    const [killed, revive] = victims[victim]();
    await killed;
    await delay(random.between(0, 800));
    await revive();
    load.abort();
    await changes;
    const from = Date.now();
    await converge(customer, expectations, 60_000).catch((error: unknown) => {
      throw new Error(`Round ${round}, after the death of ${victim}`, { cause: error });
    });
    console.log(`round ${round}: ${victim} died, converged ${Date.now() - from} ms after it was back`);
    for (const expectation of expectations) {
      expectation.wanted = (await customer.instance(expectation.instanceId)).desiredState as 'running' | 'paused';
    }
  }
  expect(await doubledBots(platform, expectations)).toEqual([]);
  for (const { instanceId } of expectations) {
    const unfinished = (await customer.deployments(instanceId)).filter((each) => each.finishedAt === null);
    expect(unfinished).toEqual([]);
  }
});
