/** Runs a task for a key; calls that come while it runs are answered by one more run after it. */
export class Coalesced<Key> {
  private readonly running = new Map<Key, 'once' | 'again'>();

  constructor(
    private readonly task: (key: Key) => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  run(key: Key): void {
    if (this.running.has(key)) {
      this.running.set(key, 'again');
      return;
    }
    void this.loop(key);
  }

  private async loop(key: Key): Promise<void> {
    do {
      this.running.set(key, 'once');
      try {
        await this.task(key);
      } catch (error) {
        this.failed(error);
      }
    } while (this.running.get(key) === 'again');
    this.running.delete(key);
  }
}
