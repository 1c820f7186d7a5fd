import { Module } from '@nestjs/common';
import { BuildLogController } from './build-log.controller.ts';
import { BuildLogService } from './build-log.service.ts';
import { LogController } from './log.controller.ts';
import { RunLogService } from './run-log.service.ts';

@Module({
  controllers: [LogController, BuildLogController],
  providers: [BuildLogService, RunLogService],
})
export class LogModule {}
