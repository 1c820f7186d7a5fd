import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@zarpa/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataSourceOptions } from './data-source.ts';
import { migrate, NewerSchemaError } from './migrate.ts';
import { migrations } from './migrations/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ key: 'empty', migrate: async () => undefined });
});
afterAll(() => database.drop());

test('many processes that start at once migrate once', async () => {
  const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url)));
  expect(ran.map(({ length }) => length).sort()).toEqual([0, 0, 0, migrations.length]);
  expect(await migrate(database.url)).toEqual([]);
});

test('the plans are there after the first migration', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query('SELECT plan_id, memory_mb, price_cents FROM platform.plan ORDER BY price_cents');
  expect(rows).toEqual([
    { plan_id: 'development', memory_mb: 256, price_cents: 0 },
    { plan_id: 'essencial', memory_mb: 512, price_cents: 500 },
    { plan_id: 'profissional', memory_mb: 2048, price_cents: 5000 },
  ]);
  await client.end();
});

test('a database that a newer version has changed is left alone, with a message that says what to do', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const name = `Later${randomUUID()}`;
  await client.query('INSERT INTO platform.migration (timestamp, name) VALUES (1, $1)', [name]);
  await client.end();
  await expect(migrate(database.url)).rejects.toThrow(NewerSchemaError);
  await expect(migrate(database.url)).rejects.toThrow(`it has ${name}. Start the newer version`);
});

test('an installation from before there were several clusters keeps its cluster and its instances', async () => {
  const older = await createTestDatabase({ key: 'empty', migrate: async () => undefined });
  const client = new pg.Client({ connectionString: older.url, options: '-c search_path=platform' });
  try {
    await client.connect();
    await client.query('CREATE SCHEMA platform');
    const options = { ...dataSourceOptions(older.url, 2), migrations: migrations.slice(0, 2) };
    const dataSource = await new DataSource(options).initialize();
    await dataSource.runMigrations();
    await dataSource.destroy();
    await client.query(`INSERT INTO owner (owner_id, kind) VALUES ('own', 'guest')`);
    await client.query(
      `INSERT INTO instance (instance_id, owner_id, cluster_id, plan_id, name, repository, branch, root_directory, auto_deploy, overrides)
       VALUES ('inst', 'own', 'local', 'development', 'Bot', 'ana/bot', 'main', '', true, '{}')`,
    );
    await migrate(older.url);
    const { rows } = await client.query(
      'SELECT cluster_id, c.name, engine, c.state, instance_id FROM cluster c JOIN instance USING (cluster_id)',
    );
    const kept = { cluster_id: 'local', name: 'local', engine: 'local', state: 'accepting', instance_id: 'inst' };
    expect(rows).toEqual([kept]);
  } finally {
    await client.end();
    await older.drop();
  }
});
