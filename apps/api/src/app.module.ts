import { Module } from '@nestjs/common';
import { ArchiveModule } from './modules/archive/archive.module.ts';
import { DeploymentModule } from './modules/deployment/deployment.module.ts';
import { HealthModule } from './modules/health/health.module.ts';
import { InstanceModule } from './modules/instance/instance.module.ts';
import { LogModule } from './modules/log/log.module.ts';
import { MetricModule } from './modules/metric/metric.module.ts';
import { PlanModule } from './modules/plan/plan.module.ts';
import { PushModule } from './modules/push/push.module.ts';
import { SessionModule } from './modules/session/session.module.ts';
import { SourceModule } from './modules/source/source.module.ts';
import { VariableModule } from './modules/variable/variable.module.ts';

@Module({
  imports: [
    SessionModule,
    PlanModule,
    InstanceModule,
    VariableModule,
    DeploymentModule,
    LogModule,
    MetricModule,
    PushModule,
    ArchiveModule,
    HealthModule,
    SourceModule,
  ],
})
export class AppModule {}
