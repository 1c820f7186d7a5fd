import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { MoveId } from '@zarpa/contracts';

export interface StoredData {
  readonly bytes: number;
  readonly sha256: string;
}

/** More came than may. */
export class DataTooLargeError extends Error {
  override readonly name = 'DataTooLargeError';
}

/** Keeps the data of instances that move, one file each. What is under its final name has been received whole. */
export class TransferStore {
  constructor(private readonly directory: string) {}

  /** Replaces what was received before. @throws DataTooLargeError */
  async save(moveId: MoveId, content: Readable, mostBytes: number): Promise<StoredData> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const partial = join(this.directory, `${moveId}.${randomUUID()}.part`);
    try {
      const stored = await receive(content, partial, mostBytes);
      await rename(partial, this.pathOf(moveId));
      return stored;
    } finally {
      await rm(partial, { force: true });
    }
  }

  /** Null where there is none. */
  async read(moveId: MoveId): Promise<{ bytes: number; content: Readable } | null> {
    const file = await open(this.pathOf(moveId)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (!file) return null;
    const { size } = await file.stat();
    return { bytes: size, content: file.createReadStream() };
  }

  /** Removes what is not of these moves. They are asked for after the folder was read: one that begins meanwhile keeps its data. */
  async keepOnly(wanted: () => Promise<ReadonlySet<string>>): Promise<void> {
    const names = await readdir(this.directory).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    if (names.length === 0) return;
    const moveIds = await wanted();
    const gone = names.filter((name) => !moveIds.has(name.split('.', 1)[0] ?? ''));
    for (const name of gone) await rm(join(this.directory, name), { force: true });
  }

  private pathOf(moveId: MoveId): string {
    return join(this.directory, `${moveId}.tar.gz`);
  }
}

async function receive(content: Readable, path: string, mostBytes: number): Promise<StoredData> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw new DataTooLargeError(`More than ${mostBytes} bytes came`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('base64') };
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
