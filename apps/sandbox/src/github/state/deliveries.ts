import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const JsonHeaders = z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text)));

const DeliveryRow = z.object({
  id: z.int(),
  guid: z.string(),
  delivered_at: z.int(),
  redelivery: z.int().transform(Boolean),
  duration_ms: z.int(),
  status: z.string(),
  status_code: z.int(),
  event: z.string(),
  action: z.string().nullable(),
  installation_id: z.int().nullable(),
  repository_id: z.int().nullable(),
  repository: z.string().nullable(),
  url: z.string(),
  request_headers: JsonHeaders,
  request_body: z.string(),
  response_headers: JsonHeaders,
  response_body: z.string(),
});
export type Delivery = z.infer<typeof DeliveryRow>;
export type NewDelivery = Omit<Delivery, 'id'>;

export interface DeliveryQuery {
  /** Only deliveries older than this id. */
  readonly before?: number;
  readonly repository?: string;
  readonly limit: number;
}

const columns = Object.keys(DeliveryRow.shape).filter((column) => column !== 'id');
const kept = 1_000;

/** Every attempt to deliver a webhook, newest first. */
export class Deliveries {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add(delivery: NewDelivery): Delivery {
    const values: Record<string, string | number | null> = {
      ...delivery,
      redelivery: delivery.redelivery ? 1 : 0,
      request_headers: JSON.stringify(delivery.request_headers),
      response_headers: JSON.stringify(delivery.response_headers),
    };
    const names = columns.map((column) => `:${column}`).join(', ');
    const row = this.#database
      .prepare(`INSERT INTO delivery (${columns.join(', ')}) VALUES (${names}) RETURNING *`)
      .get(values);
    const added = DeliveryRow.parse(row);
    this.#database.prepare('DELETE FROM delivery WHERE id <= ?').run(added.id - kept);
    return added;
  }

  find(id: number): Delivery | null {
    const row = this.#database.prepare('SELECT * FROM delivery WHERE id = ?').get(id);
    return row ? DeliveryRow.parse(row) : null;
  }

  list({ before = Number.MAX_SAFE_INTEGER, repository, limit }: DeliveryQuery): Delivery[] {
    const filter = repository === undefined ? '' : 'AND repository = :repository COLLATE NOCASE';
    const rows = this.#database
      .prepare(`SELECT * FROM delivery WHERE id < :before ${filter} ORDER BY id DESC LIMIT :limit`)
      .all({ before, limit, ...(repository === undefined ? {} : { repository }) });
    return rows.map((row) => DeliveryRow.parse(row));
  }
}
