export * from './addresses.ts';
export * from './free-port.ts';
export * from './rabbitmq-server.ts';
export * from './redis-server.ts';
export * from './test-broker.ts';
export * from './test-database.ts';
export * from './test-redis.ts';
export type { TestServer } from './test-server.ts';
export * from './wait-for.ts';
