import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.ts';

export interface StoredDelivery {
  readonly deliveryId: string;
  readonly event: string;
  readonly body: Buffer;
  readonly receivedAt: Date;
  readonly attempts: number;
}

/** Longer than one delivery takes. A process that died while it worked on one leaves it to others after that. */
const lease = '2 minutes';

/** Deliveries of GitHub, as they came in. They belong to no owner. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /** False where it came in before. */
  async store({ deliveryId, event, body }: { deliveryId: string; event: string; body: Buffer }): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      'INSERT INTO github_delivery (delivery_id, event, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [deliveryId, event, body],
    );
    return rowCount === 1;
  }

  /** The next one to work on, for a while this process's own. */
  async take(): Promise<StoredDelivery | undefined> {
    const { rows } = await this.database.pool.query<StoredDelivery>(
      `UPDATE github_delivery SET attempts = attempts + 1, next_attempt_at = now() + interval '${lease}'
       WHERE delivery_id = (
         SELECT delivery_id FROM github_delivery WHERE processed_at IS NULL AND next_attempt_at <= now()
         ORDER BY received_at FOR UPDATE SKIP LOCKED LIMIT 1)
       RETURNING delivery_id AS "deliveryId", event, body, received_at AS "receivedAt", attempts`,
    );
    return rows[0];
  }

  async finish(deliveryId: string): Promise<void> {
    await this.database.pool.query('UPDATE github_delivery SET processed_at = now() WHERE delivery_id = $1', [
      deliveryId,
    ]);
  }

  async retryIn(deliveryId: string, ms: number): Promise<void> {
    await this.database.pool.query(
      `UPDATE github_delivery SET next_attempt_at = now() + $2 * interval '1 ms' WHERE delivery_id = $1`,
      [deliveryId, ms],
    );
  }
}
