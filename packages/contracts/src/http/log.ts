import { z } from 'zod';
import { LogLine, LogLineId } from '../log.ts';
import { MetricSample } from '../metrics.ts';
import { Timestamp } from '../primitives.ts';

/** `before` pages backwards, `from` jumps to a time, `search` is a plain text, case-insensitive. Newest `limit` lines otherwise. */
export const LogQuery = z.object({
  before: LogLineId.optional(),
  from: Timestamp.optional(),
  search: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});
export type LogQuery = z.infer<typeof LogQuery>;

export const LogPage = z
  .object({ lines: z.array(LogLine), /** Null where nothing older is kept. */ before: LogLineId.nullable() })
  .meta({ id: 'LogPage' });
export type LogPage = z.infer<typeof LogPage>;

export const MetricRange = z.enum(['1h', '7d']).meta({ id: 'MetricRange' });
export const MetricSeries = z
  .object({ range: MetricRange, stepMs: z.int().positive(), points: z.array(MetricSample) })
  .meta({ id: 'MetricSeries' });
export type MetricSeries = z.infer<typeof MetricSeries>;

export const MetricQuery = z.object({ range: MetricRange.default('1h') });
export type MetricQuery = z.infer<typeof MetricQuery>;
