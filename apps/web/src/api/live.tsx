'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useApi } from './api-context.tsx';
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
    let close: (() => void) | undefined;
    let left = false;
    void import('./open-socket.ts').then(({ openSocket }) => {
      if (left) return;
      const opened = openSocket(api.baseUrl, client, setStatus);
      close = opened.close;
      setSocket(opened.socket);
    });
    return () => {
      left = true;
      close?.();
      setSocket(null);
    };
  }, [api.baseUrl, ownerId, client]);

  const value = useMemo(() => ({ socket, status }), [socket, status]);
  return <LiveContext value={value}>{children}</LiveContext>;
}
