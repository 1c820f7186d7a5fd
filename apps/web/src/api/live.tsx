'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useApi } from './api-context.tsx';
import { mergeEvents } from './live-events.ts';
import type { LiveSocket } from './live-socket.ts';
import { useSession } from './session.ts';

/** `connecting` until the first connection, `away` after one was lost or refused. */
export type LiveStatus = 'connecting' | 'connected' | 'away';

const LiveContext = createContext<{ socket: LiveSocket | null; status: LiveStatus }>({
  socket: null,
  status: 'connecting',
});

/** The socket (null until it is loaded) and how it stands. */
export const useLive = () => useContext(LiveContext);

/** Opens one socket for the session. Nothing polls. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const ownerId = useSession().data?.ownerId;
  const client = useQueryClient();
  const [socket, setSocket] = useState<LiveSocket | null>(null);
  const [status, setStatus] = useState<LiveStatus>('connecting');

  useEffect(() => {
    if (ownerId === undefined) return;
    let opened: LiveSocket | undefined;
    let left = false;
    void import('socket.io-client').then(({ io }) => {
      if (left) return;
      opened = io(api.baseUrl, {
        withCredentials: true,
        transports: ['websocket', 'polling'],
        reconnectionDelayMax: 4_000,
      });
      setSocket(opened);
    });
    return () => {
      left = true;
      opened?.disconnect();
      setSocket(null);
    };
  }, [api.baseUrl, ownerId]);

  useEffect(() => (socket ? mergeEvents(socket, client, setStatus) : undefined), [socket, client]);

  const value = useMemo(() => ({ socket, status }), [socket, status]);
  return <LiveContext value={value}>{children}</LiveContext>;
}
