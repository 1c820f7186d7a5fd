import { Injectable } from '@nestjs/common';
import type { DeploymentId, InstanceId, SealedBox } from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import { Sealer } from '../../sealing/sealer.ts';

/** An environment ready for a deployment, and which version of which variable it was made of. */
export interface SealedEnvironment {
  readonly sealed: SealedBox;
  readonly versions: Readonly<Record<string, string>>;
}

export interface StoredVariable {
  readonly name: string;
  readonly sealedValue: SealedBox;
  readonly version: string;
  readonly updatedAt: Date;
}

const valueContext = (instanceId: InstanceId, name: string): string => `${instanceId}:${name}`;

/** Values of environment variables: each sealed for its instance and name, all of them sealed for one deployment. */
@Injectable()
export class VariableVault {
  constructor(private readonly sealer: Sealer) {}

  async read(tx: Queryable, instanceId: InstanceId): Promise<StoredVariable[]> {
    const { rows } = await tx.query<StoredVariable>(
      `SELECT name, sealed_value AS "sealedValue", version, updated_at AS "updatedAt"
       FROM instance_variable WHERE instance_id = $1 ORDER BY name`,
      [instanceId],
    );
    return rows;
  }

  open(instanceId: InstanceId, variable: StoredVariable): string {
    return this.sealer.open(variable.sealedValue, valueContext(instanceId, variable.name));
  }

  /** A value that stays the same keeps its version, so that it does not count as changed. */
  async write(tx: Queryable, instanceId: InstanceId, name: string, value: string): Promise<void> {
    const { rows } = await tx.query<StoredVariable>(
      `SELECT name, sealed_value AS "sealedValue" FROM instance_variable WHERE instance_id = $1 AND name = $2`,
      [instanceId, name],
    );
    if (rows[0] && this.open(instanceId, rows[0]) === value) return;
    await tx.query(
      `INSERT INTO instance_variable (instance_id, name, sealed_value) VALUES ($1, $2, $3)
       ON CONFLICT (instance_id, name) DO UPDATE
         SET sealed_value = excluded.sealed_value, version = excluded.version, updated_at = now()`,
      [instanceId, name, jsonb(this.sealer.seal(value, valueContext(instanceId, name)))],
    );
  }

  /** What is saved now, sealed for a deployment. */
  async environmentFor(tx: Queryable, instanceId: InstanceId, deploymentId: DeploymentId): Promise<SealedEnvironment> {
    const variables = await this.read(tx, instanceId);
    const clear = Object.fromEntries(variables.map((variable) => [variable.name, this.open(instanceId, variable)]));
    return {
      sealed: this.sealer.seal(JSON.stringify(clear), deploymentId),
      versions: Object.fromEntries(variables.map(({ name, version }) => [name, version])),
    };
  }

  /** An older deployment's environment, for a new one. */
  async environmentOf(tx: Queryable, from: DeploymentId, deploymentId: DeploymentId): Promise<SealedEnvironment> {
    const { rows } = await tx.query<SealedEnvironment>(
      `SELECT sealed_environment AS sealed, variable_versions AS versions FROM deployment WHERE deployment_id = $1`,
      [from],
    );
    const [found] = rows;
    if (!found) throw new Error(`There is no deployment ${from}`);
    return { sealed: this.sealer.seal(this.sealer.open(found.sealed, from), deploymentId), versions: found.versions };
  }
}
