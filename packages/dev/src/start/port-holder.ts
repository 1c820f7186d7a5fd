import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Holder {
  readonly pid: number;
  readonly command: string;
  readonly directory: string;
}

const listening = '0A';
const maxCommandLength = 80;

/** The process that listens on a port, as far as this user may know. */
export function findPortHolder(port: number): Holder | undefined {
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
      listeningInodes(attempt(() => readFileSync(file, 'utf8')) ?? '', port),
    ),
  );
  if (inodes.size === 0) return undefined;
  const pids = (attempt(() => readdirSync('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  const pid = pids.find((candidate) => holdsSocket(candidate, inodes));
  return pid === undefined ? undefined : describe(pid);
}

/** Inodes of the sockets that listen on a port, from the text of /proc/net/tcp. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === listening)
    .flatMap((columns) => columns[9] ?? []);
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  const directory = `/proc/${pid}/fd`;
  const descriptors = attempt(() => readdirSync(directory)) ?? [];
  return descriptors.some((name) => {
    const target = attempt(() => readlinkSync(`${directory}/${name}`)) ?? '';
    return inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '');
  });
}

function describe(pid: string): Holder {
  const command = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
  return {
    pid: Number(pid),
    command: command.replaceAll('\0', ' ').trim().slice(0, maxCommandLength),
    directory: attempt(() => readlinkSync(`/proc/${pid}/cwd`)) ?? 'an unknown folder',
  };
}

/** Processes end while they are looked at, and others' may not be looked into. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
