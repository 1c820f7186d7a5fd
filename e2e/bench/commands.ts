import { waitFor } from '@zarpa/testing';
import { connect } from 'amqplib';
import { accepted } from '../src/platform/customer.ts';
import { addRepository } from '../src/platform/repository.ts';
import type { Bench, Row } from './measurement.ts';
import { times } from './measurement.ts';

const instances = 10;
const commandsEach = 30;
const total = instances * commandsEach;

/** The least that it takes: the same number of messages of the same size, each confirmed, consumed and acknowledged. */
async function bareBroker(url: string): Promise<number> {
  const connection = await connect(url, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  await channel.prefetch(20);
  const queue = 'bench.bare';
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const body = Buffer.alloc(1_500, 'x');
  const from = performance.now();
  let consumed = 0;
  const done = new Promise<void>((resolve) => {
    void channel.consume(queue, (message) => {
      if (message === null) return;
      channel.ack(message);
      if (++consumed === total) resolve();
    });
  });
  const publish = async () => {
    for (let i = 0; i < commandsEach; i++) {
      await new Promise<void>((resolve, reject) => {
        channel.sendToQueue(queue, body, { persistent: true }, (error) => (error ? reject(error) : resolve()));
      });
    }
  };
  await Promise.all(Array.from({ length: instances }, publish));
  await done;
  const rate = (total / (performance.now() - from)) * 1000;
  await channel.deleteQueue(queue);
  await connection.close();
  return rate;
}

/** Plan changes: each is a command that the local engine carries out without a restart. */
export async function measureCommands({ platform, customer }: Bench): Promise<Row[]> {
  const floor = await bareBroker(platform.rabbitmq.url);
  await addRepository(`${platform.directory}/sandbox`, 'teste/bot-parado', {
    'package.json': JSON.stringify({ name: 'bot-parado', version: '1.0.0', scripts: { start: 'node index.js' } }),
    'index.js': 'setInterval(() => {}, 1000);',
  });
  const created = await Promise.all(
    Array.from({ length: instances }, (_, i) =>
      customer.createInstance({ name: `Parado ${i + 1}`, repository: 'teste/bot-parado' }),
    ),
  );
  await Promise.all(created.map(({ instanceId }) => customer.until(instanceId, 'running', 120_000)));

  const from = performance.now();
  await Promise.all(
    created.map(async ({ instanceId }) => {
      for (let i = 0; i < commandsEach; i++) {
        const planId = i % 2 === 0 ? 'profissional' : 'essencial';
        accepted(
          await customer.api.PUT('/v1/instances/{instanceId}/plan', {
            params: { path: { instanceId } },
            body: { planId },
          }),
        );
      }
      await waitFor(async () => !(await customer.instance(instanceId)).settling, {
        timeoutMs: 60_000,
        describe: 'the last command is carried out',
      });
    }),
  );
  const rate = (total / (performance.now() - from)) * 1000;
  await Promise.all(created.map(({ instanceId }) => customer.delete(instanceId)));
  return [
    {
      what: `commands a second, HTTP -> engine (${total} plan changes over ${instances} bots)`,
      measured: `${Math.round(rate)}/s`,
      floor: `${Math.round(floor)}/s (bare confirmed publish and consume)`,
      ratio: times(rate / floor),
      goal: '',
      met: null,
    },
  ];
}
