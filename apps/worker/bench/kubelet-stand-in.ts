/** Serves the log endpoint of the Kubernetes API over HTTP/2, in a process of its own: every pod there is, each printing now and then. */
import { once } from 'node:events';
import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificate.ts';

const linesPerSecond = Number(process.argv[2] ?? 500);
const tickMs = 20;

const follows = new Set<ServerHttp2Stream>();
let sent = 0;

const lineOf = (): string => `${new Date().toISOString().replace('Z', '000000Z')} line ${sent++} ${'x'.repeat(80)}\n`;

function answer(stream: ServerHttp2Stream, path: string): void {
  const { pathname, searchParams } = new URL(path, 'https://any');
  stream.on('error', () => undefined);
  if (!pathname.endsWith('/log')) {
    stream.respond({ ':status': 404 });
    stream.end('{}');
    return;
  }
  stream.respond({ ':status': 200, 'content-type': 'text/plain' });
  if (searchParams.get('follow') !== 'true') {
    stream.end(lineOf());
    return;
  }
  stream.write(lineOf());
  follows.add(stream);
  stream.once('close', () => follows.delete(stream));
}

/** Each follow in turn. */
function* inTurn(): Generator<ServerHttp2Stream, never> {
  for (;;) {
    if (follows.size === 0) throw new Error('Nobody follows');
    yield* [...follows];
  }
}

const server = createSecureServer({ ...(await makeCertificate()), settings: { maxConcurrentStreams: 250 } });
server.on('stream', (stream, headers) => answer(stream, headers[':path'] ?? ''));
server.listen(0, '127.0.0.1');
await once(server, 'listening');

let turn: Generator<ServerHttp2Stream, never> | null = null;
setInterval(() => {
  if (follows.size === 0) return;
  turn ??= inTurn();
  for (let count = 0; count < (linesPerSecond * tickMs) / 1_000; count++) {
    const stream = turn.next().value;
    if (!stream.destroyed) stream.write(lineOf());
  }
}, tickMs);
process.on('message', () => process.send?.({ follows: follows.size, sent }));
process.on('disconnect', () => process.exit());
process.send?.({ port: (server.address() as AddressInfo).port });
