import { Module } from '@nestjs/common';
import { DeploymentModule } from '../deployment/index.ts';
import { InstanceModule } from '../instance/index.ts';
import { LogModule } from '../log/index.ts';
import { MetricModule } from '../metric/index.ts';
import { SessionModule } from '../session/index.ts';
import { ChangePublisher } from './change-publisher.ts';
import { ClientEvents } from './client-events.ts';
import { LiveServer } from './live-server.ts';

@Module({
  imports: [SessionModule, InstanceModule, DeploymentModule, LogModule, MetricModule],
  providers: [LiveServer, ClientEvents, ChangePublisher],
  exports: [LiveServer],
})
export class LiveModule {}
