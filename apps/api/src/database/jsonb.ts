/**
 * A `jsonb` parameter. PostgreSQL takes neither NUL nor lone surrogates, and both may come in from outside: a commit's
 * message, a bot's output.
 */
export function jsonb(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? storable(item) : item));
}

/** A `text` parameter from outside. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');
