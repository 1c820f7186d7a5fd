import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CreateInstance, type UpdateInstance, unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { storeInstance } from './cache.ts';
import { instancePath } from './paths.ts';

/** What an owner may order an instance to do. */
export type InstanceCommand = 'pause' | 'resume' | 'restart' | 'restore' | 'delete';

/** Orders something; the answer, and what the socket tells later, move the page. */
export function useInstanceCommand() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, command }: { id: string; command: InstanceCommand }) =>
      command === 'delete'
        ? unwrap(api.client.DELETE('/v1/instances/{instanceId}', instancePath(id)))
        : unwrap(api.client.POST(`/v1/instances/{instanceId}/${command}`, instancePath(id))),
    onSuccess: (answer) => storeInstance(client, answer),
  });
}

/** Creates an instance and its first deployment. */
export function useCreateInstance() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateInstance) => unwrap(api.client.POST('/v1/instances', { body })),
    onSuccess: (answer) => storeInstance(client, answer),
  });
}

/** Changes name, branch, folder, commands or automatic deployment. */
export function useUpdateInstance(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateInstance) =>
      unwrap(api.client.PATCH('/v1/instances/{instanceId}', { ...instancePath(id), body })),
    onSuccess: (answer) => storeInstance(client, answer),
  });
}

/** Changes the plan; applies at once. */
export function useChangePlan(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (planId: string) =>
      unwrap(api.client.PUT('/v1/instances/{instanceId}/plan', { ...instancePath(id), body: { planId } })),
    onSuccess: (answer) => storeInstance(client, answer),
  });
}
