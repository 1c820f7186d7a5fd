import type { QueryClient } from '@tanstack/react-query';
import { forgetInstance, storeDeployment, storeInstance } from './cache.ts';
import type { LiveSocket, ServerEvents } from './live-socket.ts';

/** Merges what the socket tells into the cache, until the returned function is called. After an absence everything is asked anew. */
export function mergeEvents(
  socket: LiveSocket,
  client: QueryClient,
  onStatus: (status: 'connected' | 'away') => void,
): () => void {
  let wasAway = false;
  const onConnect = () => {
    onStatus('connected');
    if (wasAway) void client.invalidateQueries();
  };
  const onAway = () => {
    wasAway = true;
    onStatus('away');
  };
  const onInstance: ServerEvents['instance.changed'] = ({ instance }) => storeInstance(client, instance);
  const onRemoved: ServerEvents['instance.removed'] = ({ instanceId }) => forgetInstance(client, instanceId);
  const onDeployment: ServerEvents['deployment.changed'] = ({ deployment }) => storeDeployment(client, deployment);
  socket.on('connect', onConnect);
  socket.on('disconnect', onAway);
  socket.on('connect_error', onAway);
  socket.on('instance.changed', onInstance);
  socket.on('instance.removed', onRemoved);
  socket.on('deployment.changed', onDeployment);
  return () => {
    socket.off('connect', onConnect);
    socket.off('disconnect', onAway);
    socket.off('connect_error', onAway);
    socket.off('instance.changed', onInstance);
    socket.off('instance.removed', onRemoved);
    socket.off('deployment.changed', onDeployment);
  };
}
