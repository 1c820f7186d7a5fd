import { Inject, Injectable } from '@nestjs/common';
import {
  type InstanceId,
  MetricSample,
  type MetricSeries,
  metricsStreamKey,
  metricsStreamMaxLength,
  rollupIntervalMs,
  sampleIntervalMs,
} from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import { StreamHub } from '../../redis/stream-hub.ts';
import { type StreamEntry, StreamReads } from '../../redis/stream-reads.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { InstanceService } from '../instance/index.ts';
import type { OwnerScope } from '../session/index.ts';

const hourMs = 3_600_000;

interface AverageRow {
  readonly at: Date;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly restarts: number;
}

/** CPU and memory over time: samples of the last hour from Redis, averages of seven days from the database. */
@Injectable()
export class MetricService {
  constructor(
    private readonly instances: InstanceService,
    private readonly database: Database,
    private readonly reads: StreamReads,
    private readonly hub: StreamHub,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async series(scope: OwnerScope, instanceId: InstanceId, range: MetricSeries['range']): Promise<MetricSeries> {
    const { memoryMb } = await this.instances.row(scope, instanceId);
    if (range === '1h') return { range, stepMs: sampleIntervalMs, points: await this.lastHour(instanceId) };
    const averages = await this.lastWeek(instanceId);
    const points = averages.map(({ at, ...average }) => ({
      ...average,
      at: at.getTime(),
      memoryLimitBytes: memoryMb * 1_048_576,
      uptimeMs: 0,
    }));
    return { range, stepMs: rollupIntervalMs, points };
  }

  /** Refuses what is not the owner's. Samples from now on, until stopped. */
  async watch(scope: OwnerScope, instanceId: InstanceId, send: (sample: MetricSample) => void): Promise<() => void> {
    await this.instances.row(scope, instanceId);
    return this.hub.listen(this.key(instanceId), (entries) => {
      for (const sample of samples(entries)) send(sample);
    });
  }

  private async lastHour(instanceId: InstanceId): Promise<MetricSample[]> {
    const entries = await this.reads.before(this.key(instanceId), null, metricsStreamMaxLength);
    const since = Date.now() - hourMs;
    return samples(entries.toReversed()).filter(({ at }) => at >= since);
  }

  private lastWeek(instanceId: InstanceId): Promise<AverageRow[]> {
    return this.database.read<AverageRow>(
      {
        name: 'metric-week',
        text: `SELECT bucket_start AS at, cpu_millis AS "cpuMillis", memory_bytes AS "memoryBytes", restarts
               FROM metric_average WHERE instance_id = $1 AND bucket_start > now() - interval '7 days'
               ORDER BY bucket_start`,
      },
      [instanceId],
    );
  }

  private key(instanceId: InstanceId): string {
    return metricsStreamKey(this.settings.REDIS_KEY_PREFIX, instanceId);
  }
}

function samples(entries: readonly StreamEntry[]): MetricSample[] {
  return entries.flatMap(([, fields]) => {
    try {
      const sample = MetricSample.safeParse(JSON.parse(fields[fields.indexOf('s') + 1] ?? ''));
      return sample.success ? [sample.data] : [];
    } catch {
      return [];
    }
  });
}
