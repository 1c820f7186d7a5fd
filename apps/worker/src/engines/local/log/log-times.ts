import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { isMissing } from '../../../error-code.ts';

const entryBytes = 16;

/** When a log had grown to which size: gives lines that are read again the time they were written, within the checkpoints' distance. */
export class LogTimes {
  readonly #path: string;
  #lastOffset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The size at the newest checkpoint. */
  get lastOffset(): number {
    return this.#lastOffset;
  }

  async load(): Promise<void> {
    this.#lastOffset = (await this.read()).at(-1)?.offset ?? 0;
  }

  async add(offset: number, at: number): Promise<void> {
    this.#lastOffset = offset;
    await appendFile(this.#path, encode([{ offset, at }]));
  }

  /** Oldest first. A last entry that was cut off by a crash is left out. */
  async read(): Promise<Checkpoint[]> {
    const bytes = await readFile(this.#path).catch((error: unknown) => {
      if (isMissing(error)) return Buffer.alloc(0);
      throw error;
    });
    const count = Math.floor(bytes.length / entryBytes);
    return Array.from({ length: count }, (_, index) => ({
      offset: bytes.readDoubleLE(index * entryBytes),
      at: bytes.readDoubleLE(index * entryBytes + 8),
    }));
  }

  async dropBefore(offset: number): Promise<void> {
    await writeFile(this.#path, encode((await this.read()).filter((entry) => entry.offset > offset)));
  }

  async clear(): Promise<void> {
    this.#lastOffset = 0;
    await rm(this.#path, { force: true });
  }
}

export interface Checkpoint {
  readonly offset: number;
  readonly at: number;
}

function encode(entries: readonly Checkpoint[]): Buffer {
  const bytes = Buffer.alloc(entries.length * entryBytes);
  entries.forEach(({ offset, at }, index) => {
    bytes.writeDoubleLE(offset, index * entryBytes);
    bytes.writeDoubleLE(at, index * entryBytes + 8);
  });
  return bytes;
}

/** The time of what ends at `offset`: that of the first checkpoint that has it; undefined beyond the last one. `entries` are oldest first. */
export function timeAt(entries: readonly Checkpoint[], offset: number): number | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return entries[low]?.at;
}
