import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@zarpa/testing';
import { type ChannelModel, connect } from 'amqplib';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { telltaleBot } from '../fixtures/telltale-bot.ts';
import { accepted, Customer } from '../platform/customer.ts';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { addRepository } from '../platform/repository.ts';

const secret = 'not-a-real+secret/of "anybody" 8f31c2';
const forms = [
  secret,
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
  encodeURIComponent(secret),
];
const leaks = (text: string): string[] => forms.filter((form) => text.includes(form));

let platform: Platform;
let customer: Customer;
let tap: ChannelModel;
const messages: string[] = [];

beforeAll(async () => {
  platform = await startPlatform();
  await addRepository(`${platform.directory}/sandbox`, 'teste/bot-fofoqueiro', telltaleBot);
  customer = await Customer.arrive(platform);
  tap = await connect(platform.rabbitmq.url);
  const channel = await tap.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, 'commands', '#');
  await channel.bindQueue(queue, 'events', '#');
  await channel.consume(queue, (message) => {
    if (message !== null) messages.push(message.content.toString('utf8') + JSON.stringify(message.properties));
  });
});

afterAll(async () => {
  customer?.leave();
  await tap?.close();
  await platform?.stop();
});

async function logFiles(): Promise<string> {
  const folder = join(platform.directory, 'logs');
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

async function wholeRedis(): Promise<string> {
  const redis = new Redis(platform.redis.url);
  const dump: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    if (type === 'stream') dump.push(JSON.stringify(await redis.xrange(key, '-', '+')));
    else if (type === 'string') dump.push((await redis.get(key)) ?? '');
  }
  redis.disconnect();
  return dump.join('\n');
}

async function wholeDatabase(): Promise<string> {
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
  );
  const dump: string[] = [];
  for (const { name } of rows) dump.push(JSON.stringify((await client.query(`SELECT * FROM ${name}`)).rows));
  await client.end();
  return dump.join('\n');
}

test("a secret's value appears in no log, message, event, error, or build output", { timeout: 180_000 }, async () => {
  const lines = await (async () => {
    const { instanceId } = await customer.createInstance({
      name: 'Fofoqueiro',
      repository: 'teste/bot-fofoqueiro',
      variables: [{ name: 'API_TOKEN', value: secret }],
    });
    const watched = await customer.watchLog(instanceId);
    await waitFor(() => watched.some((line) => line.kind === 'exited'), {
      timeoutMs: 60_000,
      describe: 'the bot crashes',
    });
    await waitFor(() => watched.filter((line) => line.text.startsWith('split ')).length > 1, {
      timeoutMs: 30_000,
      describe: 'it starts again',
    });
    const instance = await customer.instance(instanceId);
    const deploymentId = instance.latestDeployment?.deploymentId ?? '';
    const path = { instanceId, deploymentId };
    const buildLog = accepted(
      await customer.api.GET('/v1/instances/{instanceId}/deployments/{deploymentId}/log', { params: { path } }),
    );
    expect(JSON.stringify(buildLog)).toContain('plain ••••••');
    expect(leaks(JSON.stringify(buildLog))).toEqual([]);
    expect(leaks(JSON.stringify(await customer.deployments(instanceId)))).toEqual([]);
    const refused = await customer.api.PATCH('/v1/instances/{instanceId}/variables', {
      params: { path: { instanceId } },
      body: { set: [{ name: 'NOT VALID', value: secret }], remove: [] },
    });
    expect(refused.response.status).toBe(400);
    expect(leaks(JSON.stringify(refused.error))).toEqual([]);
    return watched;
  })();

  const said = lines.map((line) => line.text).join('\n');
  for (const opening of ['plain ••••••', 'error ••••••', 'base64 ••••••', 'url ••••••', 'split ••••••'])
    expect(said).toContain(opening);
  expect(leaks(said)).toEqual([]);
  expect(messages.length).toBeGreaterThan(3);
  expect(leaks(messages.join('\n'))).toEqual([]);
  expect(leaks(await wholeRedis())).toEqual([]);
  expect(leaks(await wholeDatabase())).toEqual([]);
  expect(leaks(await logFiles())).toEqual([]);
});
