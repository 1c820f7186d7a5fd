import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { execa } from 'execa';
import { isMissing } from '../../../error-code.ts';
import { readFileIfAny, writeFileAtomically } from '../atomic-file.ts';
import { LogTimes } from './log-times.ts';
import { encodeMarker, type Marker } from './marker.ts';

const lineFeed = 0x0a;
const searchBytes = 65_536;

/**
 * An append-only log on disk. Processes write to it directly; the engine adds markers, notes when it grew, and frees its oldest
 * part without moving the rest: an offset means the same byte for ever.
 */
export class LogFile {
  readonly path: string;
  readonly nonce: string;
  readonly times: LogTimes;
  epoch: number;
  #keptFrom = 0;
  #over = false;
  readonly #listeners = new Set<() => void>();

  constructor(options: { path: string; epoch: number; nonce: string }) {
    this.path = options.path;
    this.epoch = options.epoch;
    this.nonce = options.nonce;
    this.times = new LogTimes(`${options.path}.times`);
  }

  /** The first offset that is still kept; a record begins there. */
  get keptFrom(): number {
    return this.#keptFrom;
  }

  /** Nothing will be added any more. */
  get over(): boolean {
    return this.#over;
  }

  /** Picks up where an earlier owner left off. False when the file holds less than it once did: a new epoch must begin. */
  async load(): Promise<boolean> {
    const [keptFrom, found] = await Promise.all([
      readFileIfAny(`${this.path}.kept-from`),
      statIfAny(this.path),
      this.times.load(),
    ]);
    this.#keptFrom = Number(keptFrom ?? 0);
    const size = found?.size ?? 0;
    if (size < this.times.lastOffset || size < this.#keptFrom) return false;
    if (found !== null && size > this.times.lastOffset) await this.times.add(size, Math.round(found.mtimeMs));
    return true;
  }

  async beginEpoch(epoch: number): Promise<void> {
    this.epoch = epoch;
    await this.times.clear();
    await this.#keepFrom(0);
  }

  async size(): Promise<number> {
    return (await statIfAny(this.path))?.size ?? 0;
  }

  /** Adds a marker on a line of its own and returns the log's size after it. Synchronous: a bot's start and a build's commands wait for it. */
  append(marker: Marker): number {
    const file = openSync(this.path, 'a+', 0o600);
    try {
      const separator = endsWithLine(file) ? '' : '\n';
      appendFileSync(file, separator + encodeMarker(this.nonce, marker));
      return fstatSync(file).size;
    } finally {
      closeSync(file);
    }
  }

  /** Notes the present size and time if the log grew since the last time. */
  async checkpoint(now: number): Promise<void> {
    const size = await this.size();
    if (size > this.times.lastOffset) await this.times.add(size, now);
  }

  /** Frees the oldest part when more than `keepBytes` and a quarter are kept. */
  async trim(keepBytes: number): Promise<void> {
    const size = await this.size();
    if (size - this.#keptFrom <= keepBytes * 1.25) return;
    const boundary = await this.#lineStartAfter(size - keepBytes);
    if (boundary === null) return;
    await this.#keepFrom(boundary);
    await this.times.dropBefore(boundary);
    await execa('fallocate', ['--punch-hole', '--offset', '0', '--length', String(boundary), this.path]);
  }

  /** Readers that follow end when they have read everything. */
  end(): void {
    this.#over = true;
    for (const listener of this.#listeners) listener();
  }

  onEnd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #keepFrom(offset: number): Promise<void> {
    await writeFileAtomically(`${this.path}.kept-from`, String(offset));
    this.#keptFrom = offset;
  }

  async #lineStartAfter(offset: number): Promise<number | null> {
    const index = (await this.#bytesAt(offset, searchBytes)).indexOf(lineFeed);
    return index < 0 ? null : offset + index + 1;
  }

  async #bytesAt(offset: number, length: number): Promise<Buffer> {
    const file = await open(this.path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

function endsWithLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] === lineFeed;
}

async function statIfAny(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
