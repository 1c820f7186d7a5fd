/** Runs tasks of one key one after another, in order, and tasks of different keys at the same time. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<void>>();

  /** Settles as the task does. Without a key the task starts at once. */
  async run(key: string | undefined, task: () => Promise<void>): Promise<void> {
    if (key === undefined) return task();
    const previous = this.#tails.get(key) ?? Promise.resolve();
    const running = previous.then(task);
    const tail = running.catch(() => undefined);
    this.#tails.set(key, tail);
    await tail;
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
    return running;
  }
}
