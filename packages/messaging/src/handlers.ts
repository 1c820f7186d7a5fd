import { z } from 'zod';
import type { MessageCatalog, MessageName, MessagePayload } from './catalog.ts';
import { InvalidMessage, invalidPayload } from './errors.ts';

/** What is known of a message beside its payload. */
export interface MessageMeta {
  readonly messageId: string;
  /** 1 at the first delivery. */
  readonly attempt: number;
  /** Delivered before, to a consumer that may have handled it and died before it said so. */
  readonly redelivered: boolean;
}

/** One handler for each name of the catalog: a missing one does not compile. Returning means done. */
export type MessageHandlers<C extends MessageCatalog> = {
  readonly [N in MessageName<C>]: (payload: MessagePayload<C, N>, meta: MessageMeta) => Promise<unknown>;
};

/** Names what has to happen in order: messages of one key run one after another. */
export type MessageKey<C extends MessageCatalog> = (
  payload: MessagePayload<C>,
  name: MessageName<C>,
) => string | undefined;

/** A message that has been parsed and only has to be run. */
export interface ParsedMessage {
  readonly key: string | undefined;
  run(meta: MessageMeta): Promise<unknown>;
}

/** @throws InvalidMessage */
export type MessageParser = (name: unknown, content: Buffer) => ParsedMessage;

export function createMessageParser<C extends MessageCatalog>(options: {
  catalog: C;
  handlers: MessageHandlers<C>;
  key?: MessageKey<C>;
}): MessageParser {
  const { catalog, handlers, key } = options;
  const parserOf = <N extends MessageName<C>>(name: N) => {
    const [schema, handle]: [C[N], MessageHandlers<C>[N]] = [catalog[name], handlers[name]];
    return (content: unknown): ParsedMessage => {
      const result = z.safeParse(schema, content);
      if (!result.success) throw invalidPayload(name, result.error);
      return { key: key?.(result.data, name), run: (meta) => handle(result.data, meta) };
    };
  };
  const parsers = new Map<unknown, (content: unknown) => ParsedMessage>();
  for (const name of Object.keys(catalog)) parsers.set(name, parserOf(name));

  return (name, content) => {
    const parse = parsers.get(name);
    if (!parse) throw new InvalidMessage('unknown_message', `There is no message named ${String(name).slice(0, 100)}`);
    return parse(parseJson(content));
  };
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    // The cause would quote the content.
    throw new InvalidMessage('malformed_json', 'The message is not JSON');
  }
}
