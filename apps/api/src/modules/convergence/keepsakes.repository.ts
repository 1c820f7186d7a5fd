import { Injectable } from '@nestjs/common';
import { compareLogIds, type DeploymentLogged, type InstanceQr, type MetricsRolledUp } from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';

/** What is kept of a bot's life: build logs, the newest QR code, averages. Doubled messages change nothing. */
@Injectable()
export class KeepsakesRepository {
  constructor(private readonly database: Database) {}

  async saveBuildLog(log: DeploymentLogged): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO deployment_log (deployment_id, gzipped_json_lines, line_count, truncated)
       SELECT deployment_id, $3, $4, $5 FROM deployment WHERE deployment_id = $1 AND instance_id = $2
       ON CONFLICT (deployment_id) DO NOTHING`,
      [log.deploymentId, log.instanceId, Buffer.from(log.gzippedJsonLines, 'base64'), log.lineCount, log.truncated],
    );
  }

  /** True where the code is newer than the one that is shown. */
  saveQr(qr: InstanceQr): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const { rows } = await tx.query<{ logId: string | null }>(
        'SELECT qr_log_id AS "logId" FROM instance WHERE instance_id = $1 AND cluster_id = $2 FOR UPDATE',
        [qr.instanceId, qr.clusterId],
      );
      const [row] = rows;
      if (!row || (row.logId !== null && compareLogIds(qr.logId, row.logId) <= 0)) return false;
      await tx.query('UPDATE instance SET qr_matrix = $2, qr_log_id = $3, qr_seen_at = $4 WHERE instance_id = $1', [
        qr.instanceId,
        qr.matrix && jsonb(qr.matrix),
        qr.logId,
        qr.matrix && new Date(qr.seenAt),
      ]);
      return true;
    });
  }

  async saveAverages({ clusterId, bucketStart, instances }: MetricsRolledUp): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO metric_average (instance_id, bucket_start, cpu_millis, memory_bytes, memory_peak_bytes, restarts, samples)
       SELECT i.instance_id, $2, a."cpuMillis", a."memoryBytes", a."memoryPeakBytes", a.restarts, a.samples
       FROM jsonb_to_recordset($1) AS a ("instanceId" text, "cpuMillis" float8, "memoryBytes" bigint,
         "memoryPeakBytes" bigint, restarts int, samples int)
       JOIN instance i ON i.instance_id = a."instanceId" AND i.cluster_id = $3
       ON CONFLICT (instance_id, bucket_start) DO UPDATE SET cpu_millis = excluded.cpu_millis,
         memory_bytes = excluded.memory_bytes, memory_peak_bytes = excluded.memory_peak_bytes,
         restarts = excluded.restarts, samples = excluded.samples
       WHERE metric_average.samples < excluded.samples`,
      [
        jsonb(instances.map(({ instanceId, average }) => ({ instanceId, ...average }))),
        new Date(bucketStart),
        clusterId,
      ],
    );
  }
}
