import { z } from 'zod';
import { DeploymentId, InstanceId } from './ids.ts';
import { EpochMs } from './primitives.ts';

/** A Redis stream id. Run logs: `<epoch>-<byte offset of the line's end>`: the same line always has the same id. */
export const LogLineId = z
  .string()
  .regex(/^\d{1,15}-\d{1,16}$/)
  .meta({ id: 'LogLineId' });

/**
 * `line` from the bot or build · `part` a piece of a line longer than 16 KB, continued by the next entry ·
 * `started` and `exited` from the engine (`data` has deploymentId, exitCode, reason) · `dropped` lines above the rate limit were counted, not kept (`data.count`) ·
 * `notice` a sentence of Zarpa's own, `data.code` says which.
 */
export const LogKind = z.enum(['line', 'part', 'started', 'exited', 'dropped', 'notice']);
export type LogKind = z.infer<typeof LogKind>;

export const LogLine = z
  .object({
    id: LogLineId,
    at: EpochMs,
    kind: LogKind,
    /** Valid Unicode; ANSI colour sequences kept, other control characters replaced; secrets masked as `••••••`. */
    text: z.string(),
    data: z.record(z.string(), z.string()).nullable(),
  })
  .meta({ id: 'LogLine' });
export type LogLine = z.infer<typeof LogLine>;

/** Which log: an instance's run log or a deployment's build log. */
export const LogStream = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('run'), instanceId: InstanceId }),
    z.object({ kind: z.literal('build'), instanceId: InstanceId, deploymentId: DeploymentId }),
  ])
  .meta({ id: 'LogStream' });
export type LogStream = z.infer<typeof LogStream>;

export const runLogStreamKey = (prefix: string, instanceId: string): string => `${prefix}logs:${instanceId}`;
export const buildLogStreamKey = (prefix: string, deploymentId: string): string => `${prefix}build:${deploymentId}`;
export const logStreamKey = (prefix: string, stream: LogStream): string =>
  stream.kind === 'run' ? runLogStreamKey(prefix, stream.instanceId) : buildLogStreamKey(prefix, stream.deploymentId);

/** About as many entries are kept in a stream. */
export const logStreamMaxLength = 5_000;
/** Longer lines are cut into parts of at most so many bytes of UTF-8. */
export const logLineMaxBytes = 16_384;
/** Lines kept per bot and second; what is above is counted. */
export const logLinesPerSecond = 500;

/** A stream entry's fields: `t` time in ms, `k` kind, `m` text, `d` JSON of data or absent. */
export function toStreamFields(line: Omit<LogLine, 'id'>): string[] {
  const fields = ['t', String(line.at), 'k', line.kind, 'm', line.text];
  return line.data === null ? fields : [...fields, 'd', JSON.stringify(line.data)];
}

/** The reverse of `toStreamFields`; undefined for an entry that is not a log line. */
export function fromStreamEntry(id: string, fields: readonly string[]): LogLine | undefined {
  const values = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += 2) values.set(fields[i] ?? '', fields[i + 1] ?? '');
  const kind = LogKind.safeParse(values.get('k'));
  if (!kind.success) return undefined;
  const data = values.get('d');
  return {
    id,
    at: Number(values.get('t') ?? 0),
    kind: kind.data,
    text: values.get('m') ?? '',
    data: data === undefined ? null : (JSON.parse(data) as Record<string, string>),
  };
}

/** Orders ids as Redis does: by the number before the dash, then by the one after it. */
export function compareLogIds(left: string, right: string): number {
  const [leftMajor = '0', leftMinor = '0'] = left.split('-');
  const [rightMajor = '0', rightMinor = '0'] = right.split('-');
  return Number(leftMajor) - Number(rightMajor) || Number(leftMinor) - Number(rightMinor);
}
