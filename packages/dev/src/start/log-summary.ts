const warn = 40;
const error = 50;
/** pino writes numbers; a formatter may write words. */
const levelsByName: Readonly<Record<string, number>> = { warn, error, fatal: 60 };
const maxLength = 240;

interface Entry {
  readonly level: 'warn' | 'error';
  readonly text: string;
}

/** What a log line has to say to the terminal: its warning or error in short, or nothing. */
export function summarizeLine(line: string, stream: 'stdout' | 'stderr'): Entry | undefined {
  const record = parseRecord(line);
  if (!record) return stream === 'stderr' && line.trim() !== '' ? { level: 'warn', text: shorten(line) } : undefined;
  const level = levelsByName[String(record.level)] ?? Number(record.level);
  if (!(level >= warn)) return undefined;
  const reason = errorMessage(record.err ?? record.error);
  const text = [String(record.msg ?? 'no message'), reason].filter(Boolean).join(': ');
  return { level: level >= error ? 'error' : 'warn', text: shorten(text) };
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function errorMessage(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message);
  return '';
}

function shorten(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** Lets a text through once per window, and says how often it came meanwhile when it comes again. */
export class Repetition {
  readonly #windowMs: number;
  readonly #seen = new Map<string, { since: number; held: number }>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** The text to print now, or undefined to hold it back. */
  pass(text: string, nowMs: number): string | undefined {
    const seen = this.#seen.get(text);
    if (seen && nowMs - seen.since < this.#windowMs) {
      seen.held += 1;
      return undefined;
    }
    this.#forgetOld(nowMs);
    this.#seen.set(text, { since: nowMs, held: 0 });
    return seen && seen.held > 0 ? `${text} (${seen.held} more like it before)` : text;
  }

  #forgetOld(nowMs: number): void {
    for (const [text, { since }] of this.#seen) {
      if (nowMs - since >= this.#windowMs) this.#seen.delete(text);
    }
  }
}
