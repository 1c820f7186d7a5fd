import type { Logger } from '@zarpa/observability';
import { Pool, type PoolClient } from 'pg';
import { backoffMs } from './backoff.ts';
import { InvalidMessage, PublishError } from './errors.ts';
import type { OutboxHeaders } from './outbox.ts';
import type { PublishOptions } from './publisher.ts';

interface OutboxRow {
  readonly id: string;
  readonly message_name: string;
  readonly routing_key: string;
  readonly payload: unknown;
  readonly headers: OutboxHeaders;
  readonly created_at: Date;
}

/** The part of a `Publisher` that a relay needs. */
export interface OutboxPublisher {
  connected(timeoutMs: number): Promise<void>;
  publishUntyped(name: string, payload: unknown, options: PublishOptions): Promise<void>;
}

interface OutboxRelayOptions {
  readonly databaseUrl: string;
  readonly schema: string;
  readonly publisher: OutboxPublisher;
  readonly logger: Logger;
  readonly pollMs?: number;
}

const batchSize = 100;
const connectedTimeoutMs = 5_000;
/** Longer than a publish may take. PostgreSQL then frees the batch of a relay that has vanished. */
const idleTransactionTimeoutMs = 60_000;

/**
 * Moves the outbox to the broker: a batch leaves the table only after the broker has confirmed all of it, so every
 * message arrives at least once. One relay of a schema works at a time, which keeps the order; any number may run.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #pool: Pool;
  readonly #closing = new AbortController();
  #woken = false;
  #endSleep: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#pool = new Pool({
      connectionString: options.databaseUrl,
      max: 1,
      idle_in_transaction_session_timeout: idleTransactionTimeoutMs,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'outbox-relay',
    });
    // An idle connection that PostgreSQL drops would otherwise end the process.
    this.#pool.on('error', (error) => options.logger.warn({ err: error }, 'Lost an idle database connection'));
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Looks now rather than at the next poll. Call it after a commit. */
  wake(): void {
    this.#woken = true;
    this.#endSleep?.();
  }

  /** Finishes the batch in hand. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#running;
    await this.#pool.end();
  }

  async #run(): Promise<void> {
    const { logger, publisher, pollMs = 100 } = this.#options;
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      this.#woken = false;
      try {
        await publisher.connected(connectedTimeoutMs);
        const moved = (await this.#hasRows()) ? await this.#moveBatch() : 0;
        failures = 0;
        if (moved < batchSize) await this.#sleep(pollMs);
      } catch (error) {
        logger.warn({ err: error, failures }, 'Failed to relay the outbox');
        await this.#sleep(backoffMs(failures++));
      }
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#woken || this.#closing.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endSleep = resolve;
    await promise;
    this.#endSleep = null;
    clearTimeout(timer);
  }

  async #hasRows(): Promise<boolean> {
    const text = `SELECT 1 FROM "${this.#options.schema}".outbox LIMIT 1`;
    const { rowCount } = await this.#pool.query({ name: 'outbox-look', text });
    return rowCount === 1;
  }

  /** The number of rows that left the outbox. */
  async #moveBatch(): Promise<number> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    client.on('error', noop);
    try {
      return await this.#moveInTransaction(client);
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.off('error', noop);
      // A connection that failed is closed, which also rolls back.
      client.release(broken);
    }
  }

  async #moveInTransaction(client: PoolClient): Promise<number> {
    const { schema } = this.#options;
    // Where the machine loses this commit, the batch is still in the outbox and is sent once more.
    await client.query('BEGIN; SET LOCAL synchronous_commit = off');
    const rows = await takeRows(client, schema);
    const outcomes = await Promise.allSettled(rows.map((row) => this.#publish(row)));
    for (const [index, outcome] of outcomes.entries()) {
      const row = rows[index];
      if (outcome.status === 'fulfilled' || !row) continue;
      if (!isPoison(outcome.reason)) throw outcome.reason;
      await this.#bury(client, row, outcome.reason);
    }
    await client.query('COMMIT');
    return rows.length;
  }

  async #publish(row: OutboxRow): Promise<void> {
    const { messageId, correlationId, traceparent } = row.headers;
    await this.#options.publisher.publishUntyped(row.message_name, row.payload, {
      routingKey: row.routing_key,
      messageId,
      context: { correlationId, traceparent },
    });
  }

  async #bury(client: PoolClient, row: OutboxRow, error: InvalidMessage | PublishError): Promise<void> {
    await client.query(
      `INSERT INTO "${this.#options.schema}".outbox_dead
         (id, message_name, routing_key, payload, headers, created_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        row.id,
        row.message_name,
        row.routing_key,
        JSON.stringify(row.payload),
        JSON.stringify(row.headers),
        row.created_at,
        `${error.code}: ${error.message}`,
      ],
    );
    this.#options.logger.error({ err: error, outboxId: row.id }, 'Moved an outbox row to the dead ones');
  }
}

/** The oldest rows; none while another relay has its turn, which lasts until its transaction ends. */
async function takeRows(client: PoolClient, schema: string): Promise<OutboxRow[]> {
  const { rows } = await client.query<OutboxRow>({
    name: 'outbox-take',
    text: `
      WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine)
      DELETE FROM "${schema}".outbox WHERE id IN
        (SELECT id FROM "${schema}".outbox WHERE (SELECT mine FROM turn)
         ORDER BY id FOR UPDATE SKIP LOCKED LIMIT ${batchSize})
      RETURNING *`,
    values: [`outbox relay of ${schema}`],
  });
  return rows.toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)));
}

/** Sending such a message again would fail again, and it would hold up all that come after it. */
function isPoison(error: unknown): error is InvalidMessage | PublishError {
  return error instanceof InvalidMessage || (error instanceof PublishError && error.code === 'unroutable');
}

function noop(): void {}
