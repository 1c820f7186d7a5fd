import { type FileHandle, open } from 'node:fs/promises';
import { logLineMaxBytes } from '@zarpa/contracts';
import { isMissing } from '../../../error-code.ts';
import type { LogPosition, LogSource, RawLogRecord } from '../../log-source.ts';
import { Growth } from './growth.ts';
import type { LogFile } from './log-file.ts';
import { type Checkpoint, timeAt } from './log-times.ts';
import { decodeMarker } from './marker.ts';
import { type Piece, splitLines } from './split-lines.ts';

const chunkBytes = 65_536;
const lineFeed = 0x0a;

/** Reads a {@link LogFile}. */
export class LogReader implements LogSource {
  readonly #file: LogFile;

  constructor(file: LogFile) {
    this.#file = file;
  }

  async *read(options: {
    after: LogPosition | null;
    follow: boolean;
    signal?: AbortSignal;
  }): AsyncGenerator<RawLogRecord[], void, undefined> {
    const { after, follow, signal } = options;
    using growth = new Growth(this.#file.path);
    const stopListening = this.#file.onEnd(() => growth.notice());
    const onAbort = () => growth.notice();
    signal?.addEventListener('abort', onAbort);
    const opened = new OpenedOnce(this.#file.path);
    try {
      let offset = this.#startOf(after);
      const times = await this.#file.times.read();
      while (!signal?.aborted) {
        growth.arm();
        const last = !follow || this.#file.over;
        offset = Math.max(offset, this.#file.keptFrom);
        const chunk = await opened.read(offset, chunkBytes);
        if (offset < this.#file.keptFrom) continue;
        const pieces = splitLines(chunk, logLineMaxBytes);
        if (pieces.length > 0) {
          yield this.#records(chunk, pieces, offset, times);
          offset += pieces.at(-1)?.next ?? 0;
        } else if (last) return;
        else await growth.wait();
      }
    } finally {
      stopListening();
      signal?.removeEventListener('abort', onAbort);
      await opened.close();
    }
  }

  async tailPosition(lines: number): Promise<LogPosition | null> {
    const opened = new OpenedOnce(this.#file.path);
    const { epoch, keptFrom } = this.#file;
    try {
      let end = await this.#file.size();
      for (let missing = lines + 1; end > keptFrom; ) {
        const begin = Math.max(keptFrom, end - chunkBytes);
        const chunk = await opened.read(begin, end - begin);
        for (let at = chunk.lastIndexOf(lineFeed); at >= 0; at = at === 0 ? -1 : chunk.lastIndexOf(lineFeed, at - 1)) {
          missing -= 1;
          if (missing === 0) return { epoch, offset: begin + at + 1 };
        }
        end = begin;
      }
      return null;
    } finally {
      await opened.close();
    }
  }

  #startOf(after: LogPosition | null): number {
    return after !== null && after.epoch === this.#file.epoch ? after.offset : 0;
  }

  #records(chunk: Buffer, pieces: readonly Piece[], offset: number, times: readonly Checkpoint[]): RawLogRecord[] {
    const now = Date.now();
    const { epoch, nonce } = this.#file;
    return pieces.map(({ kind, from, to, next }) => {
      const bytes = chunk.subarray(from, to);
      const position = { epoch, offset: offset + next };
      const marker = kind === 'line' ? decodeMarker(nonce, bytes) : null;
      if (marker !== null) return { position, ...marker };
      return { position, at: timeAt(times, position.offset) ?? now, kind, bytes, data: null };
    });
  }
}

/** A file that is opened when it is first there. */
class OpenedOnce {
  readonly #path: string;
  readonly #scratch = Buffer.allocUnsafeSlow(chunkBytes);
  #handle: FileHandle | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** A copy of at most `chunkBytes`: fewer at the file's end, none where there is no file. */
  async read(offset: number, length: number): Promise<Buffer> {
    try {
      this.#handle ??= await open(this.#path, 'r');
    } catch (error) {
      if (isMissing(error)) return Buffer.alloc(0);
      throw error;
    }
    const { bytesRead } = await this.#handle.read(this.#scratch, 0, length, offset);
    return Buffer.from(this.#scratch.subarray(0, bytesRead));
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}
