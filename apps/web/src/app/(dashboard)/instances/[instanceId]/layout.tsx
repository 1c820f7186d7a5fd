import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { ReactNode } from 'react';
import { instancePath } from '@/api/paths.ts';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { InstanceFrame } from '@/instance/instance-frame.tsx';

export default async function InstanceLayout({
  params,
  children,
}: {
  params: Promise<{ instanceId: string }>;
  children: ReactNode;
}) {
  const { instanceId } = await params;
  const state = await prefetch((api) => [
    {
      queryKey: queryKeys.instance(instanceId),
      queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}', instancePath(instanceId))),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <InstanceFrame instanceId={instanceId}>{children}</InstanceFrame>
    </HydrationBoundary>
  );
}
