import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, startRabbitMq, startRedis } from './index.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-servers-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('a RabbitMQ of its own keeps confirmed messages through kill -9', { timeout: 90_000 }, async () => {
  const server = await startRabbitMq({ directory: join(directory, 'rabbitmq'), port: await freePort() });
  try {
    const connection = await connect(server.url);
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    await channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    channel.sendToQueue('kept', Buffer.from('still here'), { persistent: true });
    await channel.waitForConfirms();

    const killed = server.pid;
    await server.kill9();
    await expect(connect(server.url)).rejects.toThrow();
    await server.restart();
    expect(server.pid).not.toBe(killed);

    const again = await connect(server.url);
    const message = await (await again.createChannel()).get('kept', { noAck: true });
    if (!message) throw new Error('The message is lost');
    expect(message.content.toString()).toBe('still here');
    await again.close();
  } finally {
    await server.stop();
  }
  await expect(connect(server.url)).rejects.toThrow();
});

test('a Redis of its own keeps its data through kill -9', async () => {
  const server = await startRedis({ directory: join(directory, 'redis'), port: await freePort() });
  try {
    const redis = new Redis(server.url);
    redis.on('error', () => undefined);
    await redis.set('kept', 'still here');
    await server.kill9();
    await server.restart();
    expect(await redis.get('kept')).toBe('still here');
    redis.disconnect();
  } finally {
    await server.stop();
  }
});
