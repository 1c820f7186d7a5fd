import type { DeploymentView } from '@zarpa/api-client';
import type { StateTone } from '@zarpa/ui/components/state-badge';

type Status = DeploymentView['status'];

const tones: Record<Status, StateTone> = {
  queued: 'busy',
  building: 'busy',
  starting: 'busy',
  succeeded: 'running',
  failed: 'fail',
  superseded: 'idle',
  cancelled: 'idle',
};

/** The tone that a deployment's status is shown in. */
export const toneOf = (status: Status): StateTone => tones[status];

/** True once it has ended, one way or the other. */
export const isOver = ({ finishedAt }: Pick<DeploymentView, 'finishedAt'>): boolean => finishedAt !== null;

/** How long it took, or has taken until `now`; null before it began. In ms. */
export function durationOf(
  { startedAt, createdAt, finishedAt }: Pick<DeploymentView, 'startedAt' | 'createdAt' | 'finishedAt'>,
  now: number,
): number | null {
  if (startedAt === null && finishedAt !== null) return null;
  return Math.max(0, (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt ?? createdAt));
}

/** A commit message's first line. */
export const titleOf = (message: string): string => message.split('\n', 1)[0] ?? '';
