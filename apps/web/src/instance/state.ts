import type { InstanceView } from '@zarpa/api-client';
import type { StateTone } from '@zarpa/ui/components/state-badge';

/** The parts of an instance that its state is told from. */
export type InstanceState = Pick<
  InstanceView,
  'state' | 'desiredState' | 'settling' | 'reason' | 'startedAt' | 'nextStartAt' | 'restorableUntil' | 'memoryMb'
>;

/** The tone that a state is shown in. */
export function toneOf({ state, reason }: Pick<InstanceView, 'state' | 'reason'>): StateTone {
  switch (state) {
    case 'running':
      return 'running';
    case 'pending':
    case 'building':
    case 'stopping':
      return 'busy';
    case 'starting':
      return reason === null ? 'busy' : 'warn';
    case 'backoff':
      return 'warn';
    case 'stopped':
    case 'failed':
      return 'fail';
    case 'paused':
    case 'deleted':
    case 'purged':
      return 'idle';
  }
}

/** True where its owner should look. */
export const needsAttention = ({ state, reason }: Pick<InstanceView, 'state' | 'reason'>): boolean =>
  state === 'backoff' || state === 'stopped' || state === 'failed' || (state === 'starting' && reason !== null);
