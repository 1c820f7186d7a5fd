import type { z } from 'zod';

/** Message name -> schema of its payload. The schemas must parse their own output: both ends parse. */
export type MessageCatalog = Readonly<Record<string, z.ZodType>>;
export type MessageName<C extends MessageCatalog> = keyof C & string;
export type MessagePayload<C extends MessageCatalog, N extends MessageName<C> = MessageName<C>> = z.output<C[N]>;
export type MessageInput<C extends MessageCatalog, N extends MessageName<C>> = z.input<C[N]>;
