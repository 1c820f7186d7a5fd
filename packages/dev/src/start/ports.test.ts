import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findPortHolder, listeningInodes } from './port-holder.ts';
import { portInUseMessage, refusePortsInUse } from './ports.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:10CC 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41001 1 0 100 0 0 10 0
   1: 0100007F:10CC 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 41002 1 0 20 4 30 10 -1
   2: 0100007F:10CD 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41003 1 0 100 0 0 10 0
`;

test('only the socket that listens on the port counts', () => {
  expect(listeningInodes(table, 4300)).toEqual(['41001']);
});

test('names the port, its holder and the variable to change', () => {
  const want = { app: 'web', port: 4300, variable: 'WEB_PORT' };
  expect(portInUseMessage(want, { pid: 7, command: 'node server.js', directory: '/srv/other' })).toBe(
    'Port 4300, wanted for web, is in use by process 7 (node server.js, in /srv/other). Stop that process, or set WEB_PORT to another port.',
  );
  expect(portInUseMessage(want, undefined)).toBe(
    'Port 4300, wanted for web, is in use. Stop that process, or set WEB_PORT to another port.',
  );
});

test('refuses a port that this very process holds, and takes it once it is free', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const wanted = [{ app: 'web', port, variable: 'WEB_PORT' }];
  expect(findPortHolder(port)?.pid).toBe(process.pid);
  await expect(refusePortsInUse(wanted)).rejects.toThrow(`by process ${process.pid}`);
  server.close();
  await once(server, 'close');
  await expect(refusePortsInUse(wanted)).resolves.toBeUndefined();
});
