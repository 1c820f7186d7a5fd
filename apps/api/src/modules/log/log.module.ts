import { Module } from '@nestjs/common';
import { DeploymentModule } from '../deployment/index.ts';
import { InstanceModule } from '../instance/index.ts';
import { BuildLogController } from './build-log.controller.ts';
import { BuildLogService } from './build-log.service.ts';
import { LogController } from './log.controller.ts';
import { LogWatches } from './log-watches.ts';
import { RunLogService } from './run-log.service.ts';

@Module({
  imports: [InstanceModule, DeploymentModule],
  controllers: [LogController, BuildLogController],
  providers: [RunLogService, BuildLogService, LogWatches],
  exports: [LogWatches],
})
export class LogModule {}
