import { createServer } from 'node:net';
import { errorCode, Problem } from '../terminal/problem.ts';
import { findPortHolder, type Holder } from './port-holder.ts';

interface WantedPort {
  readonly app: string;
  readonly port: number;
  readonly variable: string;
}

/** @throws Problem that names every port in use, who holds it, and the variable that changes it. */
export async function refusePortsInUse(wanted: readonly WantedPort[]): Promise<void> {
  const taken = await Promise.all(
    wanted.map(async (want) =>
      (await isFree(want.port)) ? undefined : portInUseMessage(want, findPortHolder(want.port)),
    ),
  );
  const messages = taken.filter((message) => message !== undefined);
  if (messages.length > 0) throw new Problem(messages.join('\n'));
}

/** The sentence for one port in use. */
export function portInUseMessage({ app, port, variable }: WantedPort, holder: Holder | undefined): string {
  const who = holder ? ` by process ${holder.pid} (${holder.command}, in ${holder.directory})` : '';
  return `Port ${port}, wanted for ${app}, is in use${who}. Stop that process, or set ${variable} to another port.`;
}

async function isFree(port: number): Promise<boolean> {
  const results = await Promise.all(['::', '127.0.0.1'].map((host) => canListen(port, host)));
  return results.every(Boolean);
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = errorCode(error);
      if (code === 'EADDRINUSE') resolve(false);
      else if (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL') resolve(true);
      else if (code === 'EACCES') reject(new Problem(`Port ${port} is below 1024 and needs root.`, { cause: error }));
      else reject(error);
    });
    server.listen({ port, host, exclusive: true, ipv6Only: host === '::' }, () => server.close(() => resolve(true)));
  });
}
