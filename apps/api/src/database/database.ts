import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';

/** Something that runs SQL: the pool, or a transaction's connection. */
export type Queryable = Pick<PoolClient, 'query'>;

/** A statement that PostgreSQL plans once per connection. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** The way to PostgreSQL: prepared reads on any connection, writes in a transaction. */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  async read<Row extends QueryResultRow>(statement: Prepared, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ ...statement, values: [...values] });
    return rows;
  }

  /** Commits what `work` did, or nothing of it where it throws. Nothing outside of the database belongs into it. */
  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const client: PoolClient = await runner.connect();
    try {
      await runner.startTransaction();
      const result = await work(client);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }
}
