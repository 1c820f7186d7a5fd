import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { PushList, PushView } from '@zarpa/api-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mergeEvents } from './live-events.ts';
import type { LiveSocket, ServerEvents } from './live-socket.ts';
import { queryKeys } from './query-keys.ts';

type Listener = (payload?: unknown) => void;

function socketOf() {
  const listeners = new Map<string, Listener>();
  const socket = {
    on: (name: string, listener: Listener) => void listeners.set(name, listener),
    off: (name: string) => void listeners.delete(name),
  };
  const tell = <Name extends keyof ServerEvents>(name: Name, payload: unknown) => listeners.get(name)?.(payload);
  return { socket: socket as unknown as LiveSocket, listeners, tell };
}

const pushOf = (deliveryId: string, minute: number): PushView => ({
  deliveryId,
  via: 'webhook',
  repository: 'ana/bot',
  branch: 'main',
  commit: { sha: 'a'.repeat(40), message: '', author: 'ana', authorAvatarUrl: null, committedAt: null, url: null },
  receivedAt: new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString(),
  outcome: 'deployed',
  deploymentId: null,
});

const instanceId = 'inst_1';
const queryKey = queryKeys.pushes(instanceId);
let client: QueryClient;
const shown = () => client.getQueryData<PushList>(queryKey)?.items.map(({ deliveryId }) => deliveryId);

beforeEach(() => {
  client = new QueryClient();
});
afterEach(() => client.clear());

test('a push appears at its place, once, and the list stays as long as the API shows it', () => {
  const { socket, tell, listeners } = socketOf();
  const stop = mergeEvents(socket, client, () => {});
  client.setQueryData<PushList>(queryKey, { items: [pushOf('b', 2)] });
  tell('push.recorded', { instanceId, push: pushOf('c', 3) });
  tell('push.recorded', { instanceId, push: pushOf('a', 1) });
  tell('push.recorded', { instanceId, push: pushOf('c', 3) });
  expect(shown()).toEqual(['c', 'b', 'a']);
  for (let minute = 4; minute < 60; minute++) tell('push.recorded', { instanceId, push: pushOf(`${minute}`, minute) });
  expect(shown()).toHaveLength(50);
  expect(shown()?.[0]).toBe('59');
  stop();
  expect([...listeners]).toEqual([]);
});

test('a push that comes while the list is on its way is not lost to an older answer', async () => {
  const { socket, tell } = socketOf();
  mergeEvents(socket, client, () => {});
  const older = Promise.withResolvers<PushList>();
  const answers = [older.promise, Promise.resolve({ items: [pushOf('new', 2), pushOf('old', 1)] })];
  const observer = new QueryObserver(client, { queryKey, queryFn: () => answers.shift() ?? older.promise });
  const leave = observer.subscribe(() => {});
  tell('push.recorded', { instanceId, push: pushOf('new', 2) });
  older.resolve({ items: [pushOf('old', 1)] });
  await expect.poll(shown).toEqual(['new', 'old']);
  leave();
});
