import { readdirSync, readFileSync } from 'node:fs';

/** One process as /proc tells it. Zombies are left out: they hold nothing any more. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly sessionId: number;
  /** Clock ticks since boot; with the pid it names one process for ever. */
  readonly startTicks: number;
  readonly cpuTicks: number;
  readonly memoryBytes: number;
  readonly marker: ProcessMarker | null;
}

/** Which run a process belongs to, from the environment that it was started with. */
export interface ProcessMarker {
  readonly instanceId: string;
  readonly runId: string;
}

const pageBytes = 4096;
/** Until a process is so old it may still be about to replace its program and, with it, its environment. */
const settledTicks = 500;

/** Reads all processes and remembers whose they are. */
export class ProcessTable {
  readonly #engineId: string;
  #markers = new Map<string, ProcessMarker | null>();
  #newest: { readonly at: number; readonly entries: ProcessEntry[] } = { at: 0, entries: [] };

  constructor(engineId: string) {
    this.#engineId = engineId;
  }

  /** All processes, as of `maxAgeMs` ago at the earliest. */
  scan(maxAgeMs = 0): ProcessEntry[] {
    const now = performance.now();
    if (maxAgeMs === 0 || now - this.#newest.at > maxAgeMs) this.#newest = { at: now, entries: this.#read() };
    return this.#newest.entries;
  }

  #read(): ProcessEntry[] {
    const uptimeTicks = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 100;
    const markers = new Map<string, ProcessMarker | null>();
    const entries: ProcessEntry[] = [];
    for (const name of readdirSync('/proc')) {
      const stat = isPid(name) ? readStat(name) : null;
      if (stat === null) continue;
      const key = `${stat.pid}:${stat.startTicks}`;
      const known = this.#markers.get(key);
      const marker = known === undefined ? this.#readMarker(name) : known;
      if (marker !== null || stat.startTicks < uptimeTicks - settledTicks) markers.set(key, marker);
      entries.push({ ...stat, marker });
    }
    this.#markers = markers;
    return entries;
  }

  #readMarker(pid: string): ProcessMarker | null {
    const environment = readProcFile(`/proc/${pid}/environ`);
    if (!environment?.includes(this.#engineId)) return null;
    const values = new Map(
      environment.split('\0').map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    );
    if (values.get('ZARPA_ENGINE_ID') !== this.#engineId) return null;
    const instanceId = values.get('ZARPA_INSTANCE_ID');
    const runId = values.get('ZARPA_RUN_ID');
    return instanceId === undefined || runId === undefined ? null : { instanceId, runId };
  }
}

/** Whether exactly this process still lives. */
export function isAlive(process: { pid: number; startTicks: number }): boolean {
  return readStat(String(process.pid))?.startTicks === process.startTicks;
}

/** When the process with this pid started; null where there is none. */
export const startTicksOf = (pid: number): number | null => readStat(String(pid))?.startTicks ?? null;

const isPid = (name: string): boolean => name.charCodeAt(0) >= 0x30 && name.charCodeAt(0) <= 0x39;

/** See proc_pid_stat(5). The program's name stands in parentheses and may hold anything. */
function readStat(pid: string): Omit<ProcessEntry, 'marker'> | null {
  const text = readProcFile(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return {
    pid: Number(pid),
    parentPid: field(4),
    sessionId: field(6),
    cpuTicks: field(14) + field(15),
    startTicks: field(22),
    memoryBytes: field(24) * pageBytes,
  };
}

/** Null when the process is gone or not ours to read. */
function readProcFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
