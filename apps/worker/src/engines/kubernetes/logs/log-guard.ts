import type { LogPosition } from '../../log-source.ts';
import type { ContainerRecord } from './container-log.ts';
import { isSamePosition } from './positions.ts';

/** The kubelet gave another run's log than was meant: it knows of a restart that the cache has not heard of yet. */
export class StrangeLogError extends Error {
  override readonly name = 'StrangeLogError';
}

export interface LogCheck {
  /** A record was read again. */
  skipped(position: LogPosition): void;
  /** @throws StrangeLogError where the records are not of the run that is followed. */
  accept(records: readonly ContainerRecord[]): void;
  /** The log was read to its end. @throws StrangeLogError where it was another run's, or broke off early. */
  complete(): void;
}

/** Ends are known in whole seconds. */
const endToleranceMs = 1_500;

/**
 * The API names a container's log by its pod, not by its run. A log is this run's when it holds the last record that was read of this run, and
 * nothing long after the run's end. After `strangeMs` it is taken anyway: the kubelet may have rotated the log.
 */
export class LogGuard {
  readonly #strangeMs: number;
  #anchor: LogPosition | null = null;
  #strangeSince: number | null = null;

  constructor(strangeMs: number) {
    this.#strangeMs = strangeMs;
  }

  begin(endedAt: number | null): LogCheck {
    const isTaken = this.#strangeSince !== null && performance.now() - this.#strangeSince >= this.#strangeMs;
    const anchor = isTaken ? null : this.#anchor;
    const latestAt = isTaken || endedAt === null ? Number.POSITIVE_INFINITY : endedAt + endToleranceMs;
    let isOurs = anchor === null;
    return {
      skipped: (position) => {
        isOurs ||= isSamePosition(position, anchor);
      },
      accept: (records) => {
        if (!isOurs || records.some(({ at }) => at > latestAt)) this.#refuse();
        isOurs = true;
        this.#strangeSince = null;
        this.#anchor = records.at(-1)?.position ?? this.#anchor;
      },
      complete: () => {
        if (!isOurs) this.#refuse();
      },
    };
  }

  #refuse(): never {
    this.#strangeSince ??= performance.now();
    throw new StrangeLogError('The log is of another run of the container');
  }
}
