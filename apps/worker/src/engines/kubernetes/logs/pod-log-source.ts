import type { Logger } from '@zarpa/observability';
import type { LogPosition, LogSource, RawLogRecord } from '../../log-source.ts';
import { abortedWith } from './aborted-with.ts';
import type { LogClient } from './container-log.ts';
import type { FollowTimings } from './follow-container.ts';
import { withNotices } from './notices.ts';
import type { PodRuns, RunLogListener } from './pod-runs.ts';
import { RunLogReading } from './run-log-reading.ts';
import { tailPositionOf } from './tail-position.ts';

export interface PodLogSourceOptions {
  readonly client: LogClient;
  readonly runs: PodRuns;
  /** Told by those who follow, not by those who read once. */
  readonly listener: RunLogListener;
  readonly logger?: Logger;
  readonly timings?: Partial<FollowTimings>;
}

const glanceTimeoutMs = 30_000;

/** The log of an instance: the runs of its pods' containers, one after another, as far as the kubelet still has them. */
export class PodLogSource implements LogSource {
  readonly #options: PodLogSourceOptions;

  constructor(options: PodLogSourceOptions) {
    this.#options = options;
  }

  read(options: { after: LogPosition | null; follow: boolean; signal?: AbortSignal }): AsyncIterable<RawLogRecord[]> {
    const { after, follow } = options;
    const { client, runs, listener, logger, timings } = this.#options;
    const left = () => (options.signal === undefined ? new AbortController() : abortedWith(options.signal));
    return abortedOnReturn(left, (signal) => {
      const reading = new RunLogReading({ client, runs, after, follow, signal, listener, logger, timings });
      return withNotices(reading.records(), { runs, after, follow, signal });
    });
  }

  async tailPosition(lines: number): Promise<LogPosition | null> {
    const { client, runs } = this.#options;
    return await tailPositionOf(runs.pods(), lines, { client, signal: AbortSignal.timeout(glanceTimeoutMs) });
  }
}

/** Whoever stops iterating aborts what is still awaited: a generator alone would first wait for the bot's next line. */
function abortedOnReturn<T>(
  newController: () => AbortController,
  begin: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => {
      const left = newController();
      const items = begin(left.signal);
      return {
        next: () => items.next(),
        return: async () => {
          left.abort();
          return await items.return();
        },
      };
    },
  };
}
