import { asInstanceId } from './ids.ts';
import type { LiveSocket } from './live-socket.ts';

const watchers = new WeakMap<LiveSocket, Map<string, number>>();

/** Asks for an instance's samples once, however many parts of the page want them, until the last one has called what is returned. */
export function watchMetrics(socket: LiveSocket, id: string): () => void {
  const counts = watchers.get(socket) ?? new Map<string, number>();
  watchers.set(socket, counts);
  const watch = () => socket.emit('metrics.watch', { instanceId: asInstanceId(id) }, () => {});
  const before = counts.get(id) ?? 0;
  counts.set(id, before + 1);
  socket.on('connect', watch);
  if (socket.connected && before === 0) watch();
  return () => {
    socket.off('connect', watch);
    const left = (counts.get(id) ?? 1) - 1;
    counts.set(id, left);
    if (left === 0) socket.emit('metrics.unwatch', { instanceId: asInstanceId(id) }, () => {});
  };
}
