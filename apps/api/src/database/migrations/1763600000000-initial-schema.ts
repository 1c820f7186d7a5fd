import { outboxMigration } from '@zarpa/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const owners = `
  CREATE TABLE owner (
    owner_id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('guest', 'account')),
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE session (
    session_id text PRIMARY KEY,
    owner_id text NOT NULL REFERENCES owner ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    oauth_state_hash bytea,
    oauth_state_expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX session_owner ON session (owner_id);
  CREATE INDEX session_expiry ON session (expires_at);
  CREATE TABLE github_account (
    owner_id text PRIMARY KEY REFERENCES owner ON DELETE CASCADE,
    github_user_id bigint NOT NULL,
    login text NOT NULL,
    name text,
    avatar_url text,
    sealed_token jsonb NOT NULL,
    connected_at timestamptz NOT NULL DEFAULT now()
  );
`;

const catalog = `
  CREATE TABLE plan (
    plan_id text PRIMARY KEY,
    name text NOT NULL,
    memory_mb integer NOT NULL CHECK (memory_mb > 0),
    cpu_millis integer NOT NULL CHECK (cpu_millis > 0),
    storage_mb integer NOT NULL CHECK (storage_mb > 0),
    price_cents integer NOT NULL CHECK (price_cents >= 0),
    per_owner_limit integer CHECK (per_owner_limit > 0),
    offered boolean NOT NULL DEFAULT true
  );
  INSERT INTO plan (plan_id, name, memory_mb, cpu_millis, storage_mb, price_cents, per_owner_limit) VALUES
    ('development', 'Development', 256, 250, 1024, 0, 1),
    ('essencial', 'Essencial', 512, 500, 2048, 500, NULL),
    ('profissional', 'Profissional', 2048, 2000, 10240, 5000, NULL);
  CREATE TABLE cluster (
    cluster_id text PRIMARY KEY,
    accepts_instances boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  INSERT INTO cluster (cluster_id) VALUES ('local');
`;

const instances = `
  CREATE TABLE instance (
    instance_id text PRIMARY KEY,
    owner_id text NOT NULL REFERENCES owner,
    cluster_id text NOT NULL REFERENCES cluster,
    plan_id text NOT NULL REFERENCES plan,
    name text NOT NULL,
    repository text NOT NULL,
    branch text NOT NULL,
    root_directory text NOT NULL,
    auto_deploy boolean NOT NULL,
    overrides jsonb NOT NULL,
    generation integer NOT NULL DEFAULT 0,
    desired_state text NOT NULL DEFAULT 'running' CHECK (desired_state IN ('running', 'paused', 'deleted', 'purged')),
    state_before_delete text CHECK (state_before_delete IN ('running', 'paused')),
    restart_revision integer NOT NULL DEFAULT 0,
    desired_deployment_id text,
    latest_deployment_id text,
    deployment_count integer NOT NULL DEFAULT 0,
    last_sent_at timestamptz NOT NULL DEFAULT now(),
    observed_generation integer NOT NULL DEFAULT 0,
    observed_revision bigint NOT NULL DEFAULT -1,
    settled boolean NOT NULL DEFAULT false,
    state text NOT NULL DEFAULT 'pending',
    reason jsonb,
    observed_deployment_id text,
    exit_code integer,
    restarts integer NOT NULL DEFAULT 0,
    started_at timestamptz,
    next_start_at timestamptz,
    qr_matrix jsonb,
    qr_log_id text,
    qr_seen_at timestamptz,
    branch_head_sha text,
    branch_etag text,
    branch_read_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX instance_owner ON instance (owner_id, created_at DESC);
  CREATE INDEX instance_unsettled ON instance (last_sent_at) WHERE NOT settled OR observed_generation < generation;
  CREATE INDEX instance_cluster ON instance (cluster_id);
  CREATE INDEX instance_repository ON instance (lower(repository));
  CREATE INDEX instance_deleted ON instance (deleted_at) WHERE desired_state = 'deleted';
  CREATE INDEX instance_branch_read ON instance (branch_read_at) WHERE auto_deploy AND desired_state = 'running';
  CREATE TABLE instance_variable (
    instance_id text NOT NULL REFERENCES instance ON DELETE CASCADE,
    name text NOT NULL,
    sealed_value jsonb NOT NULL,
    version uuid NOT NULL DEFAULT gen_random_uuid(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (instance_id, name)
  );
`;

const deployments = `
  CREATE TABLE deployment (
    deployment_id text PRIMARY KEY,
    instance_id text NOT NULL REFERENCES instance ON DELETE CASCADE,
    number integer NOT NULL,
    trigger text NOT NULL,
    repository text NOT NULL,
    branch text NOT NULL,
    root_directory text NOT NULL,
    commit jsonb NOT NULL,
    overrides jsonb NOT NULL,
    plan_id text NOT NULL,
    memory_mb integer NOT NULL,
    variable_versions jsonb NOT NULL,
    sealed_environment jsonb NOT NULL,
    reused_artifact text,
    rollback_of text,
    status text NOT NULL DEFAULT 'queued',
    reason jsonb,
    steps jsonb NOT NULL DEFAULT '[]',
    build_plan jsonb,
    artifact text,
    artifact_bytes bigint,
    progress_revision bigint NOT NULL DEFAULT -1,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    UNIQUE (instance_id, number)
  );
  CREATE INDEX deployment_unfinished ON deployment (instance_id) WHERE status IN ('queued', 'building', 'starting');
  CREATE TABLE deployment_log (
    deployment_id text PRIMARY KEY REFERENCES deployment ON DELETE CASCADE,
    gzipped_json_lines bytea NOT NULL,
    line_count integer NOT NULL,
    truncated boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE metric_average (
    instance_id text NOT NULL REFERENCES instance ON DELETE CASCADE,
    bucket_start timestamptz NOT NULL,
    cpu_millis double precision NOT NULL,
    memory_bytes bigint NOT NULL,
    memory_peak_bytes bigint NOT NULL,
    restarts integer NOT NULL,
    samples integer NOT NULL,
    PRIMARY KEY (instance_id, bucket_start)
  );
  CREATE INDEX metric_average_age ON metric_average (bucket_start);
`;

const pushes = `
  CREATE TABLE github_delivery (
    delivery_id text PRIMARY KEY,
    event text NOT NULL,
    body bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    processed_at timestamptz
  );
  CREATE INDEX github_delivery_waiting ON github_delivery (next_attempt_at) WHERE processed_at IS NULL;
  CREATE INDEX github_delivery_age ON github_delivery (processed_at);
  CREATE TABLE push_outcome (
    instance_id text NOT NULL REFERENCES instance ON DELETE CASCADE,
    delivery_id text NOT NULL,
    via text NOT NULL CHECK (via IN ('webhook', 'poll')),
    repository text NOT NULL,
    branch text NOT NULL,
    commit jsonb NOT NULL,
    outcome text NOT NULL,
    deployment_id text,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (instance_id, delivery_id)
  );
  CREATE INDEX push_outcome_newest ON push_outcome (instance_id, received_at DESC);
`;

export class InitialSchema1763600000000 implements MigrationInterface {
  readonly name = 'InitialSchema1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    const parts = [owners, catalog, instances, deployments, pushes, ...outboxMigration('platform')];
    for (const part of parts) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE outbox, outbox_dead, push_outcome, github_delivery, metric_average, deployment_log, deployment, instance_variable, instance,
        cluster, plan, github_account, session, owner
    `);
  }
}
