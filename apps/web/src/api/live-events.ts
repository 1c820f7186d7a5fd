import type { QueryClient } from '@tanstack/react-query';
import { forgetInstance, storeDeployment, storeInstance, storePush } from './cache.ts';
import type { LiveSocket, ServerEvents } from './live-socket.ts';
import { queryKeys } from './query-keys.ts';

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
  const onPush: ServerEvents['push.recorded'] = ({ instanceId, push }) => {
    const list = { queryKey: queryKeys.pushes(instanceId), exact: true };
    // An answer that is on its way may be older than the push.
    if (client.isFetching(list) > 0) void client.cancelQueries(list).then(() => client.invalidateQueries(list));
    else storePush(client, instanceId, push);
  };
  socket.on('connect', onConnect);
  socket.on('disconnect', onAway);
  socket.on('connect_error', onAway);
  socket.on('instance.changed', onInstance);
  socket.on('instance.removed', onRemoved);
  socket.on('deployment.changed', onDeployment);
  socket.on('push.recorded', onPush);
  return () => {
    socket.off('connect', onConnect);
    socket.off('disconnect', onAway);
    socket.off('connect_error', onAway);
    socket.off('instance.changed', onInstance);
    socket.off('instance.removed', onRemoved);
    socket.off('deployment.changed', onDeployment);
    socket.off('push.recorded', onPush);
  };
}
