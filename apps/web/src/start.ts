import { createServer } from 'node:http';
import next from 'next';
import { settings } from './settings.ts';

const { WEB_PORT: port } = settings();
const app = next({ dev: false, dir: new URL('..', import.meta.url).pathname, port });
await app.prepare();

const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
server.on('error', (cause) => {
  process.stderr.write(`The dashboard cannot listen on port ${port}: ${cause.message}. Set WEB_PORT to a free port.\n`);
  process.exit(1);
});
server.listen(port, () =>
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'Listening', app: 'web', port })}\n`),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
