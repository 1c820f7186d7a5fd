import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { type BuildLogView, buildLogStreamKey, type DeploymentId, type InstanceId, LogLine } from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import { StreamReads } from '../../redis/stream-reads.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { DeploymentService } from '../deployment/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { logLines } from './log-lines.ts';

const mostLines = 10_000;
const largestLogBytes = 64 * 1024 * 1024;
const unzip = promisify(gunzip);

/** A build's output: from its stream while it runs, from the database once it has ended. */
@Injectable()
export class BuildLogService {
  constructor(
    private readonly deployments: DeploymentService,
    private readonly database: Database,
    private readonly reads: StreamReads,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async get(scope: OwnerScope, instanceId: InstanceId, deploymentId: DeploymentId): Promise<BuildLogView> {
    await this.deployments.get(scope, instanceId, deploymentId);
    const stored = await this.stored(deploymentId);
    if (stored) return stored;
    const key = buildLogStreamKey(this.settings.REDIS_KEY_PREFIX, deploymentId);
    const entries = await this.reads.before(key, null, mostLines);
    return { lines: logLines(entries.toReversed()), complete: false, truncated: false };
  }

  /** The caller has checked whose deployment it is. */
  async stored(deploymentId: DeploymentId): Promise<BuildLogView | undefined> {
    const [row] = await this.database.read<{ gzipped: Buffer; truncated: boolean }>(
      {
        name: 'deployment-log',
        text: 'SELECT gzipped_json_lines AS gzipped, truncated FROM deployment_log WHERE deployment_id = $1',
      },
      [deploymentId],
    );
    if (!row) return undefined;
    const text = (await unzip(row.gzipped, { maxOutputLength: largestLogBytes })).toString('utf8');
    return { lines: text.split('\n').flatMap(lineOf), complete: true, truncated: row.truncated };
  }
}

function lineOf(json: string): LogLine[] {
  try {
    const line = LogLine.safeParse(JSON.parse(json));
    return line.success ? [line.data] : [];
  } catch {
    return [];
  }
}
