import { open } from 'node:fs/promises';
import type { LogFile } from '../log/log-file.ts';

const tailBytes = 65_536;

/** Adds a sentence of the engine's own to a build log and returns the log's size after it; `code` is what the interface translates. */
export function notice(
  log: LogFile,
  code: string,
  text: string,
  values: Readonly<Record<string, string>> = {},
): number {
  return log.append({ kind: 'notice', at: Date.now(), text, data: { code, ...values } });
}

/** What was printed last, beyond `from`. */
export async function outputTail(log: LogFile, from: number): Promise<string> {
  const size = await log.size();
  const begin = Math.max(from, size - tailBytes);
  const file = await open(log.path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size - begin), 0, size - begin, begin);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
