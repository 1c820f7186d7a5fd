import type { ProcessEntry } from './process-table.ts';

/** The processes of a run: those that carry its mark, those of its session, and all their descendants. */
export function membersOf(
  entries: readonly ProcessEntry[],
  run: { readonly runId: string; readonly pid: number | null },
): ProcessEntry[] {
  return withDescendants(
    entries,
    (entry) => entry.marker?.runId === run.runId || (run.pid !== null && entry.sessionId === run.pid),
  );
}

/** Every process of any start of an instance's bot; not those of its builds. */
export function botProcessesOf(
  entries: readonly ProcessEntry[],
  instanceId: string,
  pid: number | null,
): ProcessEntry[] {
  return withDescendants(
    entries,
    ({ marker, sessionId }) =>
      (marker?.instanceId === instanceId && isBotRun(marker.runId)) || (pid !== null && sessionId === pid),
  );
}

/** Builds that nobody waits for any more: their worker is gone. */
export const buildProcesses = (entries: readonly ProcessEntry[]): ProcessEntry[] =>
  withDescendants(entries, ({ marker }) => marker !== null && !isBotRun(marker.runId));

export const botRunId = (random: string): string => `run-${random}`;
export const buildRunId = (random: string): string => `build-${random}`;

export const memoryOf = (members: readonly ProcessEntry[]): number =>
  members.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);

/** Sends a signal to each of them once. Those that are gone meanwhile are left out. */
export function signalAll(members: readonly ProcessEntry[], signal: NodeJS.Signals): void {
  for (const { pid } of members) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone between the look and the signal.
    }
  }
}

const isBotRun = (runId: string): boolean => runId.startsWith('run-');

function withDescendants(entries: readonly ProcessEntry[], isRoot: (entry: ProcessEntry) => boolean): ProcessEntry[] {
  const members = new Map(entries.filter(isRoot).map((entry) => [entry.pid, entry]));
  if (members.size === 0) return [];
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    for (const entry of entries) if (members.has(entry.parentPid)) members.set(entry.pid, entry);
  }
  return [...members.values()];
}
