import type { QueryClient } from '@tanstack/react-query';
import { io } from 'socket.io-client';
import { mergeEvents } from './live-events.ts';
import type { LiveSocket } from './live-socket.ts';

/** Connects to the API and keeps the cache current until it is closed. */
export function openSocket(
  baseUrl: string,
  client: QueryClient,
  onStatus: (status: 'connected' | 'away') => void,
): { socket: LiveSocket; close: () => void } {
  const socket: LiveSocket = io(baseUrl, {
    withCredentials: true,
    transports: ['websocket', 'polling'],
    reconnectionDelayMax: 4_000,
  });
  const stopMerging = mergeEvents(socket, client, onStatus);
  return {
    socket,
    close: () => {
      stopMerging();
      socket.disconnect();
    },
  };
}
