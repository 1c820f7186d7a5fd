import type { LogLine } from '@zarpa/api-client';

const maxLines = 20_000;

/** The lines of one log in the browser: in order, none twice, told to React once a frame however fast they come. */
export interface LogBuffer {
  /** The same array until something changes. */
  lines(): readonly LogLine[];
  lastId(): string | null;
  append(lines: readonly LogLine[]): void;
  prepend(lines: readonly LogLine[]): void;
  /** Everything held is older than what is kept: starts over with these. */
  restart(lines: readonly LogLine[]): void;
  subscribe(listener: () => void): () => void;
}

/** `schedule` calls back when it is time to draw. */
export function createLogBuffer(schedule: (draw: () => void) => void): LogBuffer {
  let shown: readonly LogLine[] = [];
  let held: LogLine[] = [];
  let ids = new Set<string>();
  let scheduled = false;
  const listeners = new Set<() => void>();

  const changed = () => {
    if (scheduled) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      if (held.length > maxLines * 1.1) held = held.slice(-maxLines);
      shown = [...held];
      for (const listener of listeners) listener();
    });
  };
  const fresh = (lines: readonly LogLine[]) => {
    const unseen = lines.filter((line) => !ids.has(line.id));
    for (const line of unseen) ids.add(line.id);
    return unseen;
  };
  return {
    lines: () => shown,
    lastId: () => held.at(-1)?.id ?? null,
    append(lines) {
      for (const line of fresh(lines)) held.push(line);
      changed();
    },
    prepend(lines) {
      held = [...fresh(lines), ...held];
      changed();
    },
    restart(lines) {
      ids = new Set();
      held = fresh(lines);
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
