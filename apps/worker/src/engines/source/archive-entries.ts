import { posix } from 'node:path';
import { SourceError } from './source-error.ts';

export interface SourceLimits {
  readonly compressedBytes: number;
  readonly unpackedBytes: number;
  readonly entries: number;
  readonly timeoutMs: number;
}

export const defaultSourceLimits: SourceLimits = {
  compressedBytes: 100 * 1024 * 1024,
  unpackedBytes: 500 * 1024 * 1024,
  entries: 50_000,
  timeoutMs: 5 * 60_000,
};

/** What matters of an entry of a tar archive. */
export interface ArchiveEntry {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly linkpath?: string | undefined;
}

const fileTypes = new Set(['File', 'OldFile', 'ContiguousFile']);

/** Looks at each entry of an archive before it is written. Pure but for its counters. */
export class ArchiveInspector {
  readonly #limits: SourceLimits;
  #entries = 0;
  #bytes = 0;
  readonly links: string[] = [];

  constructor(limits: SourceLimits) {
    this.#limits = limits;
  }

  get entries(): number {
    return this.#entries;
  }

  /** @throws SourceError */
  admit(entry: ArchiveEntry): void {
    this.#entries += 1;
    this.#bytes += entry.size;
    if (this.#entries > this.#limits.entries) {
      throw new SourceError('source_too_large', { limit: String(this.#limits.entries), what: 'entries' });
    }
    if (this.#bytes > this.#limits.unpackedBytes) throw tooLarge(this.#limits.unpackedBytes, entry.path);
    const path = innerPath(entry.path);
    if (path === null) throw unsafe(entry, 'path');
    if (entry.type === 'Directory' || fileTypes.has(entry.type)) return;
    if (entry.type === 'SymbolicLink') this.#admitSymbolicLink(entry, path);
    else if (entry.type !== 'Link') throw unsafe(entry, 'type');
    else if (innerPath(entry.linkpath ?? '') === null) throw unsafe(entry, 'link');
  }

  #admitSymbolicLink(entry: ArchiveEntry, path: string): void {
    const target = entry.linkpath ?? '';
    if (target === '' || posix.isAbsolute(target) || leadsOut(posix.join(posix.dirname(path), target))) {
      throw unsafe(entry, 'link');
    }
    this.links.push(path);
  }
}

/** The path inside the archive's top folder, `''` for that folder itself; null where it leads elsewhere. */
function innerPath(path: string): string | null {
  if (path === '' || posix.isAbsolute(path) || path.includes('\\') || path.includes('\0')) return null;
  if (path.split('/').includes('..')) return null;
  return posix.normalize(path).split('/').slice(1).join('/');
}

const leadsOut = (path: string): boolean => path === '..' || path.startsWith('../');

const unsafe = (entry: ArchiveEntry, what: string): SourceError =>
  new SourceError('source_unsafe', { file: entry.path.slice(0, 200), what });

const tooLarge = (limitBytes: number, file: string): SourceError =>
  new SourceError('source_too_large', {
    limitMb: String(Math.round(limitBytes / 1_048_576)),
    file: file.slice(0, 200),
  });
