import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { DeploymentPage, DeploymentView, InstanceList, InstanceView, PushList, PushView } from '@zarpa/api-client';
import { queryKeys } from './query-keys.ts';

/** Puts an instance into the list and into its own place; one of an older generation changes nothing. */
export function storeInstance(client: QueryClient, instance: InstanceView): void {
  const newest = (known: InstanceView | undefined) =>
    known && known.generation > instance.generation ? known : instance;
  client.setQueryData<InstanceView>(queryKeys.instance(instance.instanceId), newest);
  client.setQueryData<InstanceList>(queryKeys.instances, (list) => {
    if (!list) return list;
    const known = list.items.some((item) => item.instanceId === instance.instanceId);
    if (!known) return { items: [instance, ...list.items] };
    return { items: list.items.map((item) => (item.instanceId === instance.instanceId ? newest(item) : item)) };
  });
}

/** Takes an instance that is gone for good out of every list. */
export function forgetInstance(client: QueryClient, id: string): void {
  client.setQueryData<InstanceList>(queryKeys.instances, (list) =>
    list ? { items: list.items.filter((item) => item.instanceId !== id) } : list,
  );
  void client.invalidateQueries({ queryKey: queryKeys.instance(id), exact: true });
}

/** Puts a deployment into its instance's list and into its own place. */
export function storeDeployment(client: QueryClient, deployment: DeploymentView): void {
  const { instanceId, deploymentId } = deployment;
  client.setQueryData<DeploymentView>(queryKeys.deployment(instanceId, deploymentId), deployment);
  client.setQueryData<InfiniteData<DeploymentPage>>(queryKeys.deployments(instanceId), (list) => {
    if (!list) return list;
    const known = list.pages.some((page) => page.items.some((item) => item.deploymentId === deploymentId));
    const pages = list.pages.map((page, index) => {
      const items = page.items.map((item) =>
        item.deploymentId === deploymentId ? deployment : settle(item, deployment),
      );
      return { ...page, items: known || index > 0 ? items : [deployment, ...items] };
    });
    return { ...list, pages };
  });
}

const mostPushes = 50;

/** Puts a push at its place in its instance's log of pushes: newest first, none twice, as many as the API shows. */
export function storePush(client: QueryClient, instanceId: string, push: PushView): void {
  client.setQueryData<PushList>(queryKeys.pushes(instanceId), (list) => {
    if (!list) return list;
    const others = list.items.filter((item) => item.deliveryId !== push.deliveryId);
    const items = [...others, push].sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt));
    return { items: items.slice(0, mostPushes) };
  });
}

/** Only one deployment is in operation: a new one takes the mark from the one before. */
function settle(item: DeploymentView, newcomer: DeploymentView): DeploymentView {
  return newcomer.current && item.current ? { ...item, current: false } : item;
}
