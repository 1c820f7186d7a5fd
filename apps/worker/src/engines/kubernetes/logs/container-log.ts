import { logLineMaxBytes } from '@zarpa/contracts';
import type { LogPosition } from '../../log-source.ts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { objectPath } from '../client/paths.ts';
import { pods } from '../client/resource-kinds.ts';
import { LineParser, type TimedPiece } from './line-parser.ts';
import { isAfter, placeAfter } from './positions.ts';

export interface ContainerRef {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

export interface ContainerRecord {
  readonly position: LogPosition;
  readonly at: number;
  readonly kind: 'line' | 'part';
  readonly bytes: Uint8Array;
}

/** The part of the client that logs come through. */
export type LogClient = Pick<KubernetesClient, 'stream'>;

export interface ReadOptions extends ContainerRef {
  readonly client: LogClient;
  /** The log of the container before the present one. */
  readonly previous?: boolean;
  /** Records up to here are left out. */
  readonly after: LogPosition | null;
  /** Of what stands before the container's first record: its records come later. */
  readonly floor?: LogPosition | null;
  readonly follow: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly signal: AbortSignal;
  /** Told of each record up to `after` that was read again. */
  readonly onSkipped?: (position: LogPosition) => void;
  /** Told at the log's end what had no line break there. */
  readonly onUnfinished?: (record: ContainerRecord) => void;
}

/** What the kubelet writes in place of a log whose container the runtime does not know: removed, or the runtime itself is away. */
const removedComplaint = 'unable to retrieve container logs';

/** The kubelet has the log no more, or can not get at it now. */
export class ContainerLogMissing extends Error {
  override readonly name = 'ContainerLogMissing';
}

const secondMs = 1_000;

/**
 * One reading of a container's log. A record has the same position whether read from the log's beginning or from any `after`, as long as
 * lines of both outputs are out of order by less than a second. Ends where the server ends it.
 * @throws ContainerLogMissing
 */
export async function* readContainerLog(options: ReadOptions): AsyncGenerator<ContainerRecord[], void, undefined> {
  const { client, after, signal, onSkipped, onUnfinished } = options;
  const path = objectPath(pods, { namespace: options.namespace, name: options.pod }, 'log');
  const parser = new LineParser(logLineMaxBytes);
  let last = options.floor ?? null;
  let isEmpty = true;
  const place = (piece: TimedPiece): ContainerRecord => {
    last = placeAfter(last, piece);
    return { position: last, at: piece.at, kind: piece.kind, bytes: piece.bytes };
  };
  for await (const chunk of await client.stream(path, { query: queryOf(options), signal })) {
    const records: ContainerRecord[] = [];
    for (const piece of parser.push(chunk)) {
      isEmpty = false;
      const record = place(piece);
      if (isAfter(record.position, after)) records.push(record);
      else onSkipped?.(record.position);
    }
    if (records.length > 0) yield records;
  }
  if (isEmpty && parser.complaint?.startsWith(removedComplaint) === true) {
    throw new ContainerLogMissing(`The kubelet can not read the log of ${options.pod}`);
  }
  const unfinished = signal.aborted ? null : parser.unfinished();
  if (unfinished === null) return;
  const rest = place(unfinished);
  if (isAfter(rest.position, after)) onUnfinished?.(rest);
}

function queryOf(options: ReadOptions): Record<string, string> {
  const { container, previous, after, floor, follow, tailLines, limitBytes } = options;
  const query: Record<string, string> = { container, timestamps: 'true' };
  if (follow) query.follow = 'true';
  if (previous === true) query.previous = 'true';
  if (tailLines !== undefined) query.tailLines = String(tailLines);
  if (limitBytes !== undefined) query.limitBytes = String(limitBytes);
  if (after !== null && !isCountedFromFloor(after, floor ?? null)) query.sinceTime = sinceTimeOf(after);
  return query;
}

/** The node's clock is behind: the container's records have places after `floor`, counted from its first one, and not their own times. */
const isCountedFromFloor = (after: LogPosition, floor: LogPosition | null): boolean =>
  floor !== null && after.epoch === floor.epoch;

/** A whole second, as the API wants it, and one more: lines of the two outputs may be out of order by less than that. */
const sinceTimeOf = ({ epoch }: LogPosition): string =>
  new Date(Math.max(0, Math.floor(epoch / secondMs) - 1) * secondMs).toISOString();
