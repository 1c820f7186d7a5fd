import type { LogPosition } from '../../log-source.ts';

/** A moment as the kubelet writes it. */
export interface LogTime {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Within the millisecond. */
  readonly nanoseconds: number;
}

const perNanosecond = 1_000;
const highestOffset = 1_000_000 * perNanosecond - 1;

export const isAfter = (position: LogPosition, other: LogPosition | null): boolean =>
  other === null || position.epoch > other.epoch || (position.epoch === other.epoch && position.offset > other.offset);

export const isSamePosition = (one: LogPosition, other: LogPosition | null): boolean =>
  other !== null && one.epoch === other.epoch && one.offset === other.offset;

export const latest = (one: LogPosition, other: LogPosition | null): LogPosition =>
  other !== null && isAfter(other, one) ? other : one;

export const positionOf = ({ at, nanoseconds }: LogTime): LogPosition => ({
  epoch: at,
  offset: nanoseconds * perNanosecond,
});

export const successorOf = ({ epoch, offset }: LogPosition): LogPosition => ({ epoch, offset: offset + 1 });

/** No record lies between it and `position`. */
export const justBefore = ({ epoch, offset }: LogPosition): LogPosition =>
  offset > 0 ? { epoch, offset: offset - 1 } : { epoch: epoch - 1, offset: highestOffset };

/** A record's own time, or the place after the record before where that is later. */
export const placeAfter = (previous: LogPosition | null, time: LogTime): LogPosition => {
  const own = positionOf(time);
  return previous === null || isAfter(own, previous) ? own : successorOf(previous);
};
