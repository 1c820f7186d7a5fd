import { type ChannelModel, connect } from 'amqplib';
import { errorCode, errorText } from '../terminal/problem.ts';
import type { Probe } from './service.ts';

const absentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
const accessRefused = 403;
const notAllowed = 530;

/** Opens a connection and reads the broker's version. */
export async function probeRabbitmq(url: string): Promise<Probe> {
  try {
    return await withConnection(url, async (connection) => {
      const { version } = connection.connection.serverProperties;
      return { state: 'answers', url, version: String(version) };
    });
  } catch (error) {
    if (absentCodes.has(errorCode(error))) return { state: 'absent' };
    const code = replyCode(error);
    if (code === accessRefused || code === notAllowed) {
      return { state: 'refuses', detail: `it answered: ${errorText(error)}` };
    }
    return { state: 'foreign', detail: errorText(error) };
  }
}

/** Whether this user may open this address's virtual host. */
export async function canOpenVirtualHost(url: string): Promise<boolean> {
  const probe = await probeRabbitmq(url);
  return probe.state === 'answers';
}

/** The same broker and user, another virtual host. */
export function withVirtualHost(url: string, virtualHost: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(virtualHost)}`;
  return changed.href;
}

/** amqplib gives a handshake that the broker ended no code of its own: AMQP's three digits are only in the text. */
function replyCode(error: unknown): number | undefined {
  const digits = /Handshake terminated by server: (\d{3})/.exec(errorText(error))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

async function withConnection<T>(url: string, work: (connection: ChannelModel) => Promise<T>): Promise<T> {
  const connection = await connect(url, { timeout: 5_000, noDelay: true });
  connection.on('error', () => undefined);
  try {
    return await work(connection);
  } finally {
    await connection.close().catch(() => undefined);
  }
}
