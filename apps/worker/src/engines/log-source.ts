/**
 * Where a record ends in its log: `offset` bytes from the log's beginning, in the log's `epoch` (a later epoch is a log begun anew).
 * The same record always has the same position, however often it is read. Its id in a Redis stream is `<epoch>-<offset>`.
 */
export interface LogPosition {
  readonly epoch: number;
  readonly offset: number;
}

/**
 * One record of a log.
 * `line`: a line, without its line break, at most `logLineMaxBytes` · `part`: a piece of a longer line, cut between characters,
 * continued by the next record · `started`, `exited`, `notice`: written by the engine, never by the bot; `data` says more.
 *
 * `data` of `started`: `deploymentId`, `runId`. Of `exited`: `deploymentId`, `runId`, `code` (a reason's code), `exitCode` or `signal`
 * where known. Of `notice`: `code` (`command` is a build command's heading), with the values of its sentence.
 */
export interface RawLogRecord {
  readonly position: LogPosition;
  /** Milliseconds since 1970; within a second for what is read again later. */
  readonly at: number;
  readonly kind: 'line' | 'part' | 'started' | 'exited' | 'notice';
  /** As written: any bytes, secrets not masked. */
  readonly bytes: Uint8Array;
  readonly data: Readonly<Record<string, string>> | null;
}

/** One log, readable by any number of readers. */
export interface LogSource {
  /**
   * Batches of records after `after`, oldest first; null begins with the oldest one kept. A position of an older epoch, or of a part that is no longer
   * kept, reads from the oldest one kept. Ends at the log's present end, or with `follow` when `signal` aborts or the log is over.
   */
  read(options: { after: LogPosition | null; follow: boolean; signal?: AbortSignal }): AsyncIterable<RawLogRecord[]>;
  /** The position after which `lines` records (fewer where fewer are kept) are left to read; null where all kept ones are. */
  tailPosition(lines: number): Promise<LogPosition | null>;
}
