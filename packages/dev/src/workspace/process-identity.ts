import { z } from 'zod';
import { readText } from './json-file.ts';

/** A process that a later one with the same number is not taken for. */
export const ProcessIdentity = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
export type ProcessIdentity = z.output<typeof ProcessIdentity>;

/** The identity of a running process, or undefined when there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startTimeOf(readText(`/proc/${pid}/stat`) ?? '');
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether this very process still runs. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return identify(pid)?.startedAt === startedAt;
}

/** Field 22 of /proc/<pid>/stat; the command before it is in brackets and may hold anything. A zombie counts as gone. */
export function startTimeOf(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
