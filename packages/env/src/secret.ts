import { inspect } from 'node:util';

const redacted = '[redacted]';

/** A value that no log line, error or template shows: it prints `[redacted]` however it is printed. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value in clear. Call it where the value is used and never keep the result. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
