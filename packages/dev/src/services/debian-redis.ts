import { execa } from 'execa';

/** Starts Debian's Redis on loopback, as the package's own account. */
export async function startDebianRedis(port: number): Promise<void> {
  await execa('runuser', ['-u', 'redis', '--', 'redis-server', ...redisArguments(port)], {
    stdio: 'ignore',
    cwd: '/',
    timeout: 30_000,
  });
}

/** The command line of a Redis of our own. Its log says why when it does not start. */
export function redisArguments(port: number): string[] {
  return [
    ...['--port', String(port)],
    ...['--bind', '127.0.0.1'],
    ...['--daemonize', 'yes'],
    ...['--dir', '/var/lib/redis'],
    ...['--dbfilename', `zarpa_${port}.rdb`],
    ...['--pidfile', ''],
    ...['--logfile', `/var/log/redis/zarpa_${port}.log`],
  ];
}
