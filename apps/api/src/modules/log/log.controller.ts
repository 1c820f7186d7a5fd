import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { InstanceId, LogPage, LogQuery } from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { RunLogService } from './run-log.service.ts';

const Id = () => Param('instanceId', { schema: InstanceId });

@Controller('v1/instances/:instanceId/logs')
export class LogController {
  constructor(private readonly logs: RunLogService) {}

  @Get()
  @Operation({ id: 'getInstanceLogs', summary: 'A page of the log', answer: LogPage })
  page(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Query({ schema: LogQuery }) query: LogQuery,
  ): Promise<LogPage> {
    return this.logs.page(scope, id, query);
  }

  @Get('download')
  @Header('content-disposition', 'attachment; filename="log.txt"')
  @Operation({ id: 'downloadInstanceLogs', summary: 'The whole kept log as text', contentType: 'text/plain' })
  async download(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<StreamableFile> {
    return new StreamableFile(await this.logs.download(scope, id), { type: 'text/plain; charset=utf-8' });
  }
}
