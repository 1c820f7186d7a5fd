import type { ClusterId, InstanceId, MoveId, ObservedState, ObservedTransfer } from '@zarpa/contracts';

/** See docs/adr/003-moving-an-instance.md. The last two are ends. */
export type MovePhase = 'requested' | 'stopping' | 'exporting' | 'importing' | 'done' | 'failed';

export type MoveFailure = 'export_failed' | 'import_failed' | 'timed_out' | 'cancelled' | 'instance_gone';

/** A move under way. */
export interface Move {
  readonly moveId: MoveId;
  readonly instanceId: InstanceId;
  readonly fromClusterId: ClusterId;
  /** Null until there is a place, where none was named. */
  readonly toClusterId: ClusterId | null;
  readonly phase: MovePhase;
  /** Of the command that this phase began with. */
  readonly generation: number;
  readonly phaseSince: Date;
  readonly cancelled: boolean;
  /** Of the archive that was received whole. */
  readonly dataBytes: number | null;
}

/** What the cluster that the instance is commanded in said last. */
export interface Seen {
  readonly generation: number;
  readonly settled: boolean;
  readonly state: ObservedState;
  readonly transfer: ObservedTransfer | null;
}

export type Step =
  | { readonly kind: 'wait' }
  | { readonly kind: 'enter'; readonly phase: 'exporting' | 'importing' | 'done' }
  | { readonly kind: 'fail'; readonly failure: MoveFailure; readonly detail: string | null };

const withoutProcess: ReadonlySet<ObservedState> = new Set(['pending', 'paused', 'stopped', 'failed', 'deleted']);
const wait: Step = { kind: 'wait' };

/** Pure: the next step of a move under way. Asked again whenever something was observed, and from time to time. */
export function nextStep(move: Move, seen: Seen, clock: { now: number; stepTimeoutMs: number }): Step {
  if (move.cancelled) return fail('cancelled');
  const step = seen.generation >= move.generation ? stepOf(move, seen) : wait;
  if (step.kind !== 'wait') return step;
  const isOverdue = clock.now - move.phaseSince.getTime() > clock.stepTimeoutMs;
  return isOverdue ? fail('timed_out', `${move.phase} took too long`) : wait;
}

function stepOf(move: Move, seen: Seen): Step {
  switch (move.phase) {
    case 'stopping':
      return seen.settled && withoutProcess.has(seen.state) ? { kind: 'enter', phase: 'exporting' } : wait;
    case 'exporting': {
      const transfer = transferOf(move, seen, 'export');
      if (transfer?.status === 'failed') return fail('export_failed', transfer.detail);
      return transfer?.status === 'done' && move.dataBytes !== null ? { kind: 'enter', phase: 'importing' } : wait;
    }
    case 'importing': {
      const transfer = transferOf(move, seen, 'import');
      if (transfer?.status === 'failed') return fail('import_failed', transfer.detail);
      return transfer?.status === 'done' ? { kind: 'enter', phase: 'done' } : wait;
    }
    case 'requested':
    case 'done':
    case 'failed':
      return wait;
  }
}

const transferOf = (move: Move, { transfer }: Seen, direction: ObservedTransfer['direction']) =>
  transfer?.moveId === move.moveId && transfer.direction === direction ? transfer : null;

const fail = (failure: MoveFailure, detail: string | null = null): Step => ({ kind: 'fail', failure, detail });
