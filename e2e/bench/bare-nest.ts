import 'reflect-metadata';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';

/** The least that a Nest route with one query costs: no session, no schema, no headers of ours. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

class Bare {
  async read(instanceId: string): Promise<unknown> {
    const { rows } = await pool.query({
      name: 'bare',
      text: 'SELECT * FROM platform.instance WHERE instance_id = $1',
      values: [instanceId],
    });
    return rows[0];
  }
}
const method = Object.getOwnPropertyDescriptor(Bare.prototype, 'read');
if (method === undefined) throw new Error('Bare.read is missing');
Controller('bare')(Bare);
Get(':instanceId')(Bare.prototype, 'read', method);
Param('instanceId')(Bare.prototype, 'read', 0);

class BareModule {}
Module({ controllers: [Bare] })(BareModule);

const app = await NestFactory.create(BareModule, { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
