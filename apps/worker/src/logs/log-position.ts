import type { LogPosition } from '../engines/log-source.ts';

export const toLogId = (position: LogPosition): string => `${position.epoch}-${position.offset}`;

export function fromLogId(id: string): LogPosition {
  const [epoch, offset] = id.split('-');
  return { epoch: Number(epoch), offset: Number(offset) };
}

export const isBefore = (left: LogPosition, right: LogPosition): boolean =>
  left.epoch === right.epoch ? left.offset < right.offset : left.epoch < right.epoch;
