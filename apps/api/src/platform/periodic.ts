import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@zarpa/observability';

/** Does a thing again and again, never twice at once. A failure is logged and the next turn comes as usual. */
export class Periodic {
  private readonly ending = new AbortController();
  private hurry = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly options: { name: string; everyMs: number; logger: Logger; task: () => Promise<unknown> },
  ) {}

  start(): void {
    this.running ??= this.loop();
  }

  /** Does not wait for the next turn. */
  wake(): void {
    this.hurry.abort();
  }

  /** Lets the turn in hand end. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { name, everyMs, logger, task } = this.options;
    while (!this.ending.signal.aborted) {
      this.hurry = new AbortController();
      try {
        await task();
      } catch (err) {
        logger.warn({ err, task: name }, 'Failed a periodic task');
      }
      const signal = AbortSignal.any([this.ending.signal, this.hurry.signal]);
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
