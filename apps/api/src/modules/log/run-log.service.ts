import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { type InstanceId, type LogLine, type LogPage, type LogQuery, runLogStreamKey } from '@zarpa/contracts';
import { StreamReads } from '../../redis/stream-reads.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { InstanceService } from '../instance/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { logLines } from './log-lines.ts';
import { logText, matcherOf } from './log-text.ts';

const chunk = 1_000;

/** The kept part of an instance's run log. */
@Injectable()
export class RunLogService {
  constructor(
    private readonly instances: InstanceService,
    private readonly reads: StreamReads,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async page(scope: OwnerScope, instanceId: InstanceId, query: LogQuery): Promise<LogPage> {
    const key = await this.key(scope, instanceId);
    const matches = matcherOf(query.search);
    return query.from === undefined
      ? this.backwards(key, query.before ?? null, query.limit, matches)
      : this.forwards(key, Date.parse(query.from), query.limit, matches);
  }

  async download(scope: OwnerScope, instanceId: InstanceId): Promise<Readable> {
    return Readable.from(this.text(await this.key(scope, instanceId)));
  }

  private async key(scope: OwnerScope, instanceId: InstanceId): Promise<string> {
    await this.instances.row(scope, instanceId);
    return runLogStreamKey(this.settings.REDIS_KEY_PREFIX, instanceId);
  }

  private async backwards(
    key: string,
    before: string | null,
    limit: number,
    matches: (line: LogLine) => boolean,
  ): Promise<LogPage> {
    const found: LogLine[] = [];
    for (let id = before; found.length <= limit; ) {
      const entries = await this.reads.before(key, id, chunk);
      found.push(...logLines(entries).filter(matches));
      if (entries.length < chunk) break;
      id = entries.at(-1)?.[0] ?? null;
    }
    const lines = found.slice(0, limit).toReversed();
    return { lines, before: found.length > limit ? (lines[0]?.id ?? null) : null };
  }

  private async forwards(
    key: string,
    fromMs: number,
    limit: number,
    matches: (line: LogLine) => boolean,
  ): Promise<LogPage> {
    const found: LogLine[] = [];
    let older = false;
    for await (const line of this.lines(key)) {
      if (line.at < fromMs) older = true;
      else if (matches(line)) found.push(line);
      if (found.length >= limit) break;
    }
    return { lines: found, before: older ? (found[0]?.id ?? null) : null };
  }

  private async *lines(key: string): AsyncGenerator<LogLine> {
    for (let id: string | null = null; ; ) {
      const entries = await this.reads.after(key, id, chunk);
      yield* logLines(entries);
      if (entries.length < chunk) return;
      id = entries.at(-1)?.[0] ?? null;
    }
  }

  private async *text(key: string): AsyncGenerator<string> {
    for await (const line of this.lines(key)) yield logText(line);
  }
}
