import { Injectable } from '@nestjs/common';
import type { InstanceId } from '@zarpa/contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { type InstanceRow, selectInstance } from './instance-row.ts';

const one = { name: 'instance-of-anybody', text: `${selectInstance} WHERE i.instance_id = $1` };

/** Instances of all owners, for what the platform does by itself. Nothing that answers a request may use it. */
@Injectable()
export class InstanceSystemRepository {
  constructor(private readonly database: Database) {}

  async find(instanceId: InstanceId): Promise<InstanceRow | undefined> {
    const [row] = await this.database.read<InstanceRow>(one, [instanceId]);
    return row;
  }

  async lock(tx: Queryable, instanceId: InstanceId): Promise<InstanceRow | undefined> {
    const { rows } = await tx.query<InstanceRow>(`${one.text} FOR UPDATE OF i`, [instanceId]);
    return rows[0];
  }
}
