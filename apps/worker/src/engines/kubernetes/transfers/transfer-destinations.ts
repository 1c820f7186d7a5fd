import { lookup } from 'node:dns/promises';
import type { EgressDestination } from '../builds/build-settings.ts';

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Where an address leads to, as far as a NetworkPolicy can say: names mean nothing to it. */
export async function transferDestinations(address: string): Promise<EgressDestination[]> {
  const { protocol, port, hostname } = new URL(address);
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
  return found.map(({ address, family }) => ({
    cidr: `${address}/${family === 6 ? 128 : 32}`,
    port: port === '' ? (defaultPorts[protocol] ?? null) : Number(port),
  }));
}
