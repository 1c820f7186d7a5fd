import type { MigrationInterface, QueryRunner } from 'typeorm';

const clusters = `
  ALTER TABLE cluster
    ADD COLUMN name text,
    ADD COLUMN engine text NOT NULL DEFAULT 'local' CHECK (engine IN ('local', 'kubernetes')),
    ADD COLUMN sealed_kubeconfig jsonb,
    ADD COLUMN state text NOT NULL DEFAULT 'accepting' CHECK (state IN ('accepting', 'draining', 'closed')),
    ADD COLUMN report jsonb,
    ADD COLUMN reported_at timestamptz;
  UPDATE cluster SET name = cluster_id, state = CASE WHEN accepts_instances THEN 'accepting' ELSE 'closed' END;
  ALTER TABLE cluster ALTER COLUMN name SET NOT NULL, ALTER COLUMN engine DROP DEFAULT, DROP COLUMN accepts_instances;
  DELETE FROM cluster WHERE NOT EXISTS (SELECT 1 FROM instance WHERE instance.cluster_id = cluster.cluster_id);
`;

const instances = `
  ALTER TABLE instance
    ADD COLUMN placed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN observed_transfer jsonb;
  CREATE INDEX instance_placed ON instance (cluster_id, placed_at);
  CREATE INDEX instance_without_pod ON instance (cluster_id)
    WHERE desired_state = 'running' AND state IN ('pending', 'building');
`;

const moves = `
  CREATE TABLE instance_move (
    move_id text PRIMARY KEY,
    instance_id text NOT NULL,
    from_cluster_id text NOT NULL,
    to_cluster_id text,
    phase text NOT NULL DEFAULT 'requested'
      CHECK (phase IN ('requested', 'stopping', 'exporting', 'importing', 'done', 'failed')),
    generation integer NOT NULL DEFAULT 0,
    phase_since timestamptz NOT NULL DEFAULT now(),
    cancelled boolean NOT NULL DEFAULT false,
    failure text,
    detail text,
    data_bytes bigint,
    data_sha256 text,
    leftover_cluster_id text,
    leftover_state text CHECK (leftover_state IN ('purged', 'deleted')),
    leftover_generation integer,
    leftover_sent_at timestamptz,
    leftover_cleared_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
  );
  CREATE UNIQUE INDEX instance_move_active ON instance_move (instance_id) WHERE ended_at IS NULL;
  CREATE INDEX instance_move_leftover ON instance_move (leftover_cluster_id)
    WHERE leftover_cluster_id IS NOT NULL AND leftover_cleared_at IS NULL;
`;

/** Clusters with what they report, and instances that move between them. The first cluster is made from settings. */
export class Clusters1763800000000 implements MigrationInterface {
  readonly name = 'Clusters1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [clusters, instances, moves]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE instance_move;
      DROP INDEX instance_placed, instance_without_pod;
      ALTER TABLE instance DROP COLUMN placed_at, DROP COLUMN observed_transfer;
      ALTER TABLE cluster ADD COLUMN accepts_instances boolean NOT NULL DEFAULT true;
      UPDATE cluster SET accepts_instances = state = 'accepting';
      ALTER TABLE cluster DROP COLUMN name, DROP COLUMN engine, DROP COLUMN sealed_kubeconfig, DROP COLUMN state,
        DROP COLUMN report, DROP COLUMN reported_at;
    `);
  }
}
