import { randomUUID } from 'node:crypto';
import { childTraceparent, currentContext } from '@zarpa/observability';
import type { MessageCatalog, MessageInput, MessageName } from './catalog.ts';
import { parsePayload } from './publisher.ts';

/** Anything that runs SQL inside the caller's transaction: a pg client, a TypeORM EntityManager or QueryRunner. */
export interface QueryRunnerLike {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** A message of the catalog on its way into the outbox. */
export type OutboxMessage<C extends MessageCatalog> = {
  [N in MessageName<C>]: {
    readonly name: N;
    readonly payload: MessageInput<C, N>;
    /** The message's name where it is left out. */
    readonly routingKey?: string;
  };
}[MessageName<C>];

/** What a stored message carries beside its payload. */
export interface OutboxHeaders {
  readonly messageId: string;
  readonly correlationId: string;
  readonly traceparent: string;
}

/** The statements of a migration that makes the outbox of a schema: `outbox`, and `outbox_dead` for what can't be sent. */
export function outboxMigration(schema: string): string[] {
  // json and not jsonb: a stored payload must come back as it went in, and jsonb refuses some valid JSON text.
  const columns = `
    message_name text NOT NULL,
    routing_key text NOT NULL,
    payload json NOT NULL,
    headers json NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()`;
  return [
    `CREATE TABLE "${schema}".outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,${columns})`,
    `CREATE TABLE "${schema}".outbox_dead (id bigint PRIMARY KEY,${columns},
    reason text NOT NULL,
    died_at timestamptz NOT NULL DEFAULT now())`,
  ];
}

/** Stores messages in the caller's transaction; the relay sends them once it has committed, in this order. */
export class Outbox<C extends MessageCatalog> {
  readonly #schema: string;
  readonly #catalog: C;

  constructor(options: { schema: string; catalog: C }) {
    this.#schema = options.schema;
    this.#catalog = options.catalog;
  }

  /** The running context goes along. @throws InvalidMessage before anything is stored. */
  async insert(runner: QueryRunnerLike, messages: ReadonlyArray<OutboxMessage<C>>): Promise<void> {
    if (messages.length === 0) return;
    const payloads = messages.map(({ name, payload }) => JSON.stringify(parsePayload(this.#catalog, name, payload)));
    await runner.query(
      `INSERT INTO "${this.#schema}".outbox (message_name, routing_key, payload, headers)
       SELECT name, routing_key, payload::json, headers::json
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
         AS message (name, routing_key, payload, headers, position)
       ORDER BY position`,
      [
        messages.map(({ name }) => name),
        messages.map(({ name, routingKey }) => routingKey ?? name),
        payloads,
        messages.map(() => JSON.stringify(newHeaders())),
      ],
    );
  }
}

function newHeaders(): OutboxHeaders {
  const context = currentContext();
  return {
    messageId: randomUUID(),
    correlationId: context?.correlationId ?? randomUUID(),
    traceparent: context?.traceparent ?? childTraceparent(),
  };
}
