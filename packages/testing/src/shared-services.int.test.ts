import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { addresses, createTestDatabase, createTestRedis, createTestVirtualHost } from './index.ts';

async function query(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('databases of one key are clones of a template that is migrated once, also when made at the same time', async () => {
  let migrations = 0;
  const key = `clones ${Date.now()}`;
  const migrate = async (url: string) => {
    migrations++;
    await query(url, 'CREATE TABLE ship (name text)');
  };
  const [first, second] = await Promise.all([
    createTestDatabase({ key, migrate }),
    createTestDatabase({ key, migrate }),
  ]);
  await query(first.url, `INSERT INTO ship VALUES ('Zarpa')`);
  expect(await query(second.url, 'SELECT * FROM ship')).toEqual([]);
  expect(migrations).toBe(1);
  await Promise.all([first.drop(), second.drop()]);
  await query(addresses.database(), `DROP DATABASE ${first.template}`);
  await expect(query(first.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
});

test('a template whose migration failed is made anew', async () => {
  const key = `failing ${Date.now()}`;
  await expect(createTestDatabase({ key, migrate: () => Promise.reject(new Error('bad SQL')) })).rejects.toThrow();
  const database = await createTestDatabase({ key, migrate: async () => undefined });
  expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await database.drop();
  await query(addresses.database(), `DROP DATABASE ${database.template}`);
});

test('a test broker is usable and gone after the drop', async () => {
  const broker = await createTestVirtualHost();
  const connection = await connect(broker.url);
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue(`${broker.namePrefix}ships`);
  await connection.close();
  await broker.drop({ queues: [queue], exchanges: [] });
  if (broker.namePrefix === '') await expect(connect(broker.url)).rejects.toThrow();
});

test('dropping a test Redis deletes its keys and no others', async () => {
  const [mine, other] = [createTestRedis(), createTestRedis()];
  const redis = new Redis(mine.url);
  await redis.set(`${mine.keyPrefix}a`, '1');
  await redis.set(`${other.keyPrefix}a`, '1');
  await mine.drop();
  expect(await redis.exists(`${mine.keyPrefix}a`)).toBe(0);
  expect(await redis.exists(`${other.keyPrefix}a`)).toBe(1);
  await other.drop();
  redis.disconnect();
});
