import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { isMissing } from '../../../error-code.ts';

const lookAgainMs = 500;

/**
 * Waits for a file to appear and to grow. Also looks again from time to time: the kernel drops notices when there are too
 * many.
 */
export class Growth implements Disposable {
  readonly #path: string;
  #watcher: FSWatcher | null = null;
  #watched: string | null = null;
  #noticed = false;
  #wake: (() => void) | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Call before reading: a change after it ends the next `wait` at once. */
  arm(): void {
    this.#noticed = false;
    if (this.#watched === this.#path || this.#watch(this.#path)) return;
    if (this.#watched === null) this.#watch(dirname(this.#path));
  }

  notice(): void {
    this.#noticed = true;
    this.#wake?.();
  }

  async wait(): Promise<void> {
    if (this.#noticed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, lookAgainMs);
    this.#wake = resolve;
    await promise;
    this.#wake = null;
    clearTimeout(timer);
  }

  [Symbol.dispose](): void {
    this.#unwatch();
  }

  /** False where there is nothing to watch yet; then what was watched before still is. */
  #watch(path: string): boolean {
    try {
      const watcher = watch(path, { persistent: false }, () => this.notice());
      this.#unwatch();
      watcher.on('error', () => this.#unwatch());
      this.#watcher = watcher;
      this.#watched = path;
      return true;
    } catch (error) {
      if (!isMissing(error)) throw error;
      return false;
    }
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#watched = null;
  }
}
