import { Redis } from 'ioredis';
import { startTestServer, type TestServer } from './test-server.ts';

/** Starts a Redis of its own on 127.0.0.1 with an append-only file under `directory`, so its data survives `kill9()`. */
export function startRedis(options: { directory: string; port: number }): Promise<TestServer> {
  const { directory, port } = options;
  const settings = { port, bind: '127.0.0.1', dir: directory, appendonly: 'yes', appendfsync: 'always', save: '' };
  return startTestServer({
    command: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    directory,
    url: `redis://127.0.0.1:${port}`,
    ready: () => answers(port),
    startTimeoutMs: 15_000,
  });
}

async function answers(port: number): Promise<boolean> {
  const redis = new Redis({ host: '127.0.0.1', port, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } finally {
    redis.disconnect();
  }
}
