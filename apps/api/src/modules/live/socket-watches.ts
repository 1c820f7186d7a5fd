import type { LogStream } from '@zarpa/contracts';
import type { Socket } from 'socket.io';
import { DomainError } from '../../problems/domain-error.ts';
import type { LogSink } from '../log/index.ts';

const mostWatches = 50;
/** A browser with more packets than this on their way does not keep up. */
const mostPackets = 200;

/** What one socket watches. */
export class SocketWatches {
  private readonly stops = new Map<string, () => void>();

  constructor(readonly socket: Socket) {}

  /** Instead of the same one, where it is watched already. */
  add(key: string, stop: () => void): void {
    this.remove(key);
    if (this.stops.size >= mostWatches) {
      stop();
      throw new DomainError('too_many_requests');
    }
    if (this.socket.disconnected) stop();
    else this.stops.set(key, stop);
  }

  remove(key: string): void {
    this.stops.get(key)?.();
    this.stops.delete(key);
  }

  stopAll(): void {
    for (const key of [...this.stops.keys()]) this.remove(key);
  }

  sinkOf(stream: LogStream): LogSink {
    const { socket } = this;
    const isSlow = (): boolean => waitingPackets(socket) > mostPackets;
    return {
      send: (lines, reset) => socket.emit('logs.lines', { stream, lines, reset }),
      isSlow,
      ready: () =>
        new Promise((resolve) => {
          if (!isSlow()) return resolve();
          socket.conn.once('drain', () => resolve());
          socket.once('disconnect', () => resolve());
        }),
    };
  }
}

/** The engine's buffer is documented but private in its types. */
function waitingPackets(socket: Socket): number {
  const buffer: unknown = Reflect.get(socket.conn, 'writeBuffer');
  return Array.isArray(buffer) ? buffer.length : 0;
}
