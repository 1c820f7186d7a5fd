'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { useClock } from '@/format/use-clock.ts';
import { useFormat } from '@/format/use-format.ts';
import { durationOf, isOver } from './deployment.ts';

/** How long a deployment took; counts on while it is under way. */
export function DeploymentDuration({ deployment, className }: { deployment: DeploymentView; className?: string }) {
  const over = isOver(deployment);
  const now = useClock(over ? 3_600_000 : 1_000).getTime();
  const format = useFormat();
  const duration = durationOf(deployment, now);
  if (duration === null) return null;
  return (
    <span suppressHydrationWarning className={className}>
      {format.duration(over ? duration : Math.floor(duration / 1_000) * 1_000)}
    </span>
  );
}
