import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { errorCode, Problem } from '../terminal/problem.ts';

/** `ESRCH`: a file of /proc whose process ended while it was read. */
const absentCodes = new Set(['ENOENT', 'ESRCH']);

/** Reads a JSON file of ours; undefined when there is none. */
export function readJson<S extends z.ZodType>(file: string, schema: S): z.output<S> | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Problem(`${file} cannot be read: it is damaged. Restore it from a copy.`, { cause: error });
  }
}

/** Replaces a JSON file at once, so that nobody ever reads half of it. Only its owner may read it. */
export function writeJson(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** The text of a file; undefined when there is none. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (absentCodes.has(errorCode(error))) return undefined;
    throw error;
  }
}
