import { type FSWatcher, watch } from 'node:fs';
import { isMissing } from '../../../error-code.ts';

const lookAgainMs = 500;

/** Waits for a file to grow. Also looks again from time to time: the kernel drops notices when there are too many. */
export class Growth implements Disposable {
  readonly #path: string;
  #watcher: FSWatcher | null = null;
  #noticed = false;
  #wake: (() => void) | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Call before reading: a change after it ends the next `wait` at once. */
  arm(): void {
    this.#noticed = false;
    if (this.#watcher !== null) return;
    try {
      this.#watcher = watch(this.#path, { persistent: false }, () => this.notice());
      this.#watcher.on('error', () => this.#unwatch());
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
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

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
