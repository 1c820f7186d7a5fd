import { expect, test } from 'vitest';
import type { LiveSocket } from './live-socket.ts';
import { watchMetrics } from './metrics-watch.ts';

function socketOf() {
  const sent: string[] = [];
  const onConnect = new Set<() => void>();
  const socket = {
    connected: true,
    emit: (name: string) => void sent.push(name),
    on: (_: string, listener: () => void) => void onConnect.add(listener),
    off: (_: string, listener: () => void) => void onConnect.delete(listener),
  };
  return { sent, onConnect, socket: socket as unknown as LiveSocket };
}

test('many parts of a page watch an instance once, until the last one is gone', () => {
  const { sent, socket } = socketOf();
  const first = watchMetrics(socket, 'inst_1');
  const second = watchMetrics(socket, 'inst_1');
  expect(sent).toEqual(['metrics.watch']);
  first();
  expect(sent).toEqual(['metrics.watch']);
  second();
  expect(sent).toEqual(['metrics.watch', 'metrics.unwatch']);
});

test('watches again after a lost connection', () => {
  const { sent, onConnect, socket } = socketOf();
  watchMetrics(socket, 'inst_1');
  for (const listener of onConnect) listener();
  expect(sent).toEqual(['metrics.watch', 'metrics.watch']);
});

test('each instance is watched for itself', () => {
  const { sent, socket } = socketOf();
  watchMetrics(socket, 'inst_1');
  watchMetrics(socket, 'inst_2');
  expect(sent).toEqual(['metrics.watch', 'metrics.watch']);
});
