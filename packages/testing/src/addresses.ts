/** Addresses of the services that tests use: from the environment, else the default ports of this machine. */
export const addresses = {
  database: () => process.env.DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres',
  rabbitMq: () => process.env.RABBITMQ_URL || 'amqp://guest:guest@127.0.0.1:5672',
  redis: () => process.env.REDIS_URL || 'redis://127.0.0.1:6379',
};
