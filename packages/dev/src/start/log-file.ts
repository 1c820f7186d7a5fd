import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** An app's log: appended to, and set aside as `<file>.1` when it grows over `maxBytes`. */
export class LogFile {
  readonly path: string;
  readonly #maxBytes: number;
  #descriptor: number;
  #size: number;
  #open = true;

  constructor(path: string, maxBytes: number) {
    this.path = path;
    this.#maxBytes = maxBytes;
    this.#descriptor = openSync(path, 'a', 0o600);
    this.#size = statSync(path).size;
  }

  /** Does nothing after {@link close}: a dying app's last lines may come later than its end. */
  write(line: string): void {
    if (!this.#open) return;
    const bytes = Buffer.from(`${line}\n`);
    if (this.#size > 0 && this.#size + bytes.length > this.#maxBytes) this.#rotate();
    writeSync(this.#descriptor, bytes);
    this.#size += bytes.length;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.path, `${this.path}.1`);
    this.#descriptor = openSync(this.path, 'a', 0o600);
    this.#size = 0;
  }
}
