import { expect, test } from 'vitest';
import { clusterOnPort } from './debian-postgresql.ts';
import { rabbitmqEnvironment } from './debian-rabbitmq.ts';
import { redisArguments } from './debian-redis.ts';

test("starts the cluster that Debian's configuration puts on the port, and no other", () => {
  const main = { version: '15', cluster: 'main', port: 5432, running: 0 };
  expect(clusterOnPort([main], 5432)).toBe(main);
  expect(clusterOnPort([main], 5433)).toBeUndefined();
});

test('a broker of our own listens beside another one, on loopback', () => {
  expect(rabbitmqEnvironment(15_672)).toMatchObject({
    RABBITMQ_NODENAME: 'zarpa_15672@localhost',
    RABBITMQ_DIST_PORT: '35672',
    ERL_EPMD_ADDRESS: '127.0.0.1',
  });
  expect(rabbitmqEnvironment(50_000).RABBITMQ_DIST_PORT).toBe('30000');
});

test('a Redis of our own keeps its file apart from that of another port', () => {
  const args = redisArguments(6380);
  expect(args).toContain('zarpa_6380.rdb');
  expect(args.slice(0, 4)).toEqual(['--port', '6380', '--bind', '127.0.0.1']);
});
