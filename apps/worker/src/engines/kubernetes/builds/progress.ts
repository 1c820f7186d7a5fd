import { stripVTControlCharacters } from 'node:util';
import { logLineMaxBytes } from '@zarpa/contracts';
import { splitLines } from '../../local/log/split-lines.ts';
import { parseProgress, type VertexEvent, type VertexKind, vertexKind } from './progress-event.ts';

/** A record of a build's log that has no position yet. */
export interface OutputRecord {
  readonly kind: 'line' | 'part' | 'notice';
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly data: Readonly<Record<string, string>> | null;
}

/** The first vertex that failed, or a command that was under way when everything ended. */
export interface FailedVertex {
  readonly vertex: VertexKind;
  readonly error: string;
  /** What it printed last, without colours. */
  readonly output: string;
}

interface Vertex {
  readonly kind: VertexKind;
  pending: Buffer;
  tail: string;
  completed: boolean;
}

const tailChars = 65_536;
const errorLine = /^error: (.*)$/s;

/** Reads BuildKit's raw progress, line by line: what it means for the steps, for the log, and for why it failed. Pure but for its memory. */
export class ProgressReader {
  readonly #installCommand: string | null;
  readonly #vertexes = new Map<string, Vertex>();
  #failed: Vertex | null = null;
  #failedError = '';
  /** A command that ended because everything did. */
  #cutOff: Vertex | null = null;
  buildStartedAt: number | null = null;
  publishStartedAt: number | null = null;
  /** What `buildctl` said at its end. */
  lastError: string | null = null;
  /** Of the raw lines. */
  bytes = 0;

  constructor(options: { installCommand: string | null }) {
    this.#installCommand = options.installCommand;
  }

  /** `at` is when the line was written. */
  push(line: string, at: number): OutputRecord[] {
    this.bytes += line.length;
    const event = parseProgress(line);
    if (event === null) return this.#plainLine(line, at);
    const records: OutputRecord[] = [];
    for (const vertex of event.vertexes ?? [])
      if (vertex.started !== undefined) records.push(...this.#begun(vertex, at));
    for (const log of event.logs ?? []) records.push(...this.#printed(log.vertex, log.data, timeOf(log.timestamp, at)));
    for (const vertex of event.vertexes ?? [])
      if (vertex.completed !== undefined) records.push(...this.#ended(vertex, at));
    return records;
  }

  /** What failed; without a failure, the command that was cut off. */
  failure(): FailedVertex | null {
    const vertex = this.#failed ?? this.#running() ?? this.#cutOff;
    return vertex === null
      ? null
      : { vertex: vertex.kind, error: this.#failedError, output: stripVTControlCharacters(vertex.tail) };
  }

  isInstall(command: string): boolean {
    return this.#installCommand === null ? looksLikeInstall.test(command) : command === this.#installCommand;
  }

  #running(): Vertex | null {
    return (
      [...this.#vertexes.values()].findLast(({ kind, completed }) => kind.kind === 'command' && !completed) ?? null
    );
  }

  #plainLine(line: string, at: number): OutputRecord[] {
    this.lastError = errorLine.exec(line)?.[1] ?? this.lastError;
    return linesOf(Buffer.from(`${line}\n`), at).records;
  }

  #begun(event: VertexEvent, at: number): OutputRecord[] {
    const known = this.#vertexes.get(event.digest);
    // BuildKit reports a vertex again for each piece of work on it.
    if (known !== undefined) {
      if (event.completed === undefined) known.completed = false;
      return [];
    }
    const kind = vertexKind(event.name);
    this.#vertexes.set(event.digest, { kind, pending: Buffer.alloc(0), tail: '', completed: false });
    const startedAt = timeOf(event.started, at);
    this.buildStartedAt ??= startedAt;
    if (kind.kind === 'publish' && this.publishStartedAt === null) {
      this.publishStartedAt = startedAt;
      return [notice('publishing', 'Publishing the image', {}, at)];
    }
    return this.#heading(kind, event.cached === true, at);
  }

  #heading(kind: VertexKind, cached: boolean, at: number): OutputRecord[] {
    if (kind.kind !== 'command') return [];
    const { command } = kind;
    const step = this.isInstall(command) ? 'install' : 'build';
    const text = cached ? `$ ${command} (cached)` : `$ ${command}`;
    return [
      notice('command', text, { step, command: command.slice(0, 2_000), ...(cached ? { cached: 'true' } : {}) }, at),
    ];
  }

  #printed(digest: string, data: string, at: number): OutputRecord[] {
    const vertex = this.#vertexes.get(digest);
    if (vertex === undefined || vertex.kind.kind === 'aside') return [];
    const bytes = Buffer.from(data, 'base64');
    vertex.tail = (vertex.tail + bytes.toString('utf8')).slice(-tailChars);
    const { records, rest } = linesOf(Buffer.concat([vertex.pending, bytes]), at);
    vertex.pending = rest;
    return records;
  }

  #hasFailed(vertex: Vertex, error: string): void {
    if (isCutOff.test(error)) {
      if (vertex.kind.kind === 'command') this.#cutOff = vertex;
    } else if (this.#failed === null) {
      this.#failed = vertex;
      this.#failedError = error;
    }
  }

  #ended(event: VertexEvent, at: number): OutputRecord[] {
    const vertex = this.#vertexes.get(event.digest);
    if (vertex === undefined) return [];
    vertex.completed = true;
    if (event.error !== undefined && vertex.kind.kind !== 'aside') this.#hasFailed(vertex, event.error);
    if (vertex.pending.length === 0) return [];
    const { records } = linesOf(Buffer.concat([vertex.pending, Buffer.from('\n')]), at);
    vertex.pending = Buffer.alloc(0);
    return records;
  }
}

const isCutOff = /context canceled|context cancelled|error reading from server|Unavailable/;
const looksLikeInstall =
  /\b(?:npm (?:ci|i|install)|pnpm (?:i|install)|bun (?:i|install)|yarn install|pip3? install|uv (?:sync|pip install))\b|\byarn\s*$/;

function linesOf(buffer: Buffer, at: number): { records: OutputRecord[]; rest: Buffer } {
  const pieces = splitLines(buffer, logLineMaxBytes);
  const records = pieces.map(({ kind, from, to }) => ({ kind, at, bytes: buffer.subarray(from, to), data: null }));
  return { records, rest: buffer.subarray(pieces.at(-1)?.next ?? 0) };
}

export const notice = (
  code: string,
  text: string,
  data: Readonly<Record<string, string>>,
  at: number,
): OutputRecord => ({
  kind: 'notice',
  at,
  bytes: Buffer.from(text),
  data: { code, ...data },
});

const timeOf = (text: string | undefined, fallback: number): number => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? fallback : at;
};
