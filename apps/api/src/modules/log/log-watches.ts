import { Inject, Injectable } from '@nestjs/common';
import { type ClientEventPayload, compareLogIds, type LogStream, logStreamKey } from '@zarpa/contracts';
import { StreamHub } from '../../redis/stream-hub.ts';
import { StreamReads } from '../../redis/stream-reads.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { DeploymentService } from '../deployment/index.ts';
import { InstanceService } from '../instance/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { BuildLogService } from './build-log.service.ts';
import { type LogSink, LogWatch } from './log-watch.ts';

/** Opens logs for those who own them. */
@Injectable()
export class LogWatches {
  constructor(
    private readonly instances: InstanceService,
    private readonly deployments: DeploymentService,
    private readonly buildLogs: BuildLogService,
    private readonly hub: StreamHub,
    private readonly reads: StreamReads,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Refuses what is not the owner's before anything is read. */
  async authorise(scope: OwnerScope, stream: LogStream): Promise<void> {
    if (stream.kind === 'run') await this.instances.row(scope, stream.instanceId);
    else await this.deployments.get(scope, stream.instanceId, stream.deploymentId);
  }

  /** For a stream that has been authorised. The caller starts it, once it can be stopped. */
  open(stream: LogStream, sink: LogSink): { start(request: WatchRequest): Promise<void>; stop(): void } {
    const key = logStreamKey(this.settings.REDIS_KEY_PREFIX, stream);
    const listen = this.hub.listen.bind(this.hub);
    const watch = new LogWatch({ key, reads: this.reads, listen }, sink);
    return {
      start: async (request) => {
        if (stream.kind === 'build' && (await this.sendStored(stream, request, sink))) return;
        await watch.start(request.after, request.tail);
      },
      stop: () => watch.stop(),
    };
  }

  /** An ended build's log is whole and moves no more. */
  private async sendStored(
    stream: LogStream & { kind: 'build' },
    { after }: WatchRequest,
    sink: LogSink,
  ): Promise<boolean> {
    const stored = await this.buildLogs.stored(stream.deploymentId);
    if (!stored) return false;
    const lines = after === null ? stored.lines : stored.lines.filter(({ id }) => compareLogIds(id, after) > 0);
    if (lines.length > 0) sink.send(lines, false);
    return true;
  }
}

type WatchRequest = Pick<ClientEventPayload<'logs.watch'>, 'after' | 'tail'>;
