import type { EventName, eventCatalog } from '@zarpa/contracts';
import type { MessageInput } from '@zarpa/messaging';
import { type Context, currentContext, type Logger } from '@zarpa/observability';

export type EventPayload<Name extends EventName> = MessageInput<typeof eventCatalog, Name>;

interface Waiting {
  readonly name: EventName;
  readonly send: (context: Partial<Context>) => Promise<void>;
  readonly context: Partial<Context>;
}

/** Sends one event and resolves when the broker has it. */
export type PublishEvent = <Name extends EventName>(
  name: Name,
  payload: EventPayload<Name>,
  context: Partial<Context>,
) => Promise<void>;

const firstRetryMs = 200;
const longestRetryMs = 5_000;
const sendingAtATime = 16;

/**
 * Publishes whole states, for as long as it takes. Of each key only the newest state waits, so that an outage of the broker, however
 * long, costs memory for what exists and not for what happened. One event of a key is under way at a time.
 */
export class LatestEvents {
  readonly #publish: PublishEvent;
  readonly #logger: Logger;
  readonly #waiting = new Map<string, Waiting>();
  readonly #sending = new Set<string>();
  #idle = Promise.withResolvers<void>();
  #failures = 0;
  #paused = false;
  #closed = false;

  constructor(options: { publish: PublishEvent; logger: Logger }) {
    this.#publish = options.publish;
    this.#logger = options.logger;
    this.#idle.resolve();
  }

  /** Takes the place of what waits under the same key. */
  put<Name extends EventName>(key: string, name: Name, payload: EventPayload<Name>): void {
    if (this.#closed) return;
    if (this.#waiting.size === 0 && this.#sending.size === 0) this.#idle = Promise.withResolvers();
    const send = (context: Partial<Context>) => this.#publish(name, payload, context);
    this.#waiting.set(key, { name, send, context: currentContext() ?? {} });
    this.#pump();
  }

  /** Resolves when nothing waits any more. */
  get drained(): Promise<void> {
    return this.#idle.promise;
  }

  /** Waits for at most so long until all is sent; what is left then is lost, and told again by the next inventory. */
  async close(drainMs: number): Promise<void> {
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, drainMs);
    await Promise.race([this.drained, deadline.promise]);
    clearTimeout(timer);
    this.#closed = true;
    if (this.#waiting.size > 0) this.#logger.warn({ events: this.#waiting.size }, 'Left events unsent');
  }

  #pump(): void {
    if (this.#paused || this.#closed) return;
    for (const [key, event] of this.#waiting) {
      if (this.#sending.size >= sendingAtATime) return;
      if (this.#sending.has(key)) continue;
      this.#waiting.delete(key);
      this.#sending.add(key);
      void this.#send(key, event);
    }
    if (this.#waiting.size === 0 && this.#sending.size === 0) this.#idle.resolve();
  }

  /** Never rejects. */
  async #send(key: string, event: Waiting): Promise<void> {
    try {
      await event.send(event.context);
      this.#failures = 0;
    } catch (error) {
      this.#logger.warn({ err: error, event: event.name }, 'Failed to publish an event');
      if (!this.#waiting.has(key)) this.#waiting.set(key, event);
      this.#pause();
    }
    this.#sending.delete(key);
    this.#pump();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    const waitMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    setTimeout(() => {
      this.#paused = false;
      this.#pump();
    }, waitMs);
  }
}
