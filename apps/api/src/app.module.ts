import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ProblemFilter } from './http/problem.filter.ts';
import { SessionGuard } from './http/session.guard.ts';
import { ArchiveModule } from './modules/archive/archive.module.ts';
import { ConvergenceModule } from './modules/convergence/index.ts';
import { DeploymentModule } from './modules/deployment/index.ts';
import { HealthModule } from './modules/health/health.module.ts';
import { InstanceModule } from './modules/instance/index.ts';
import { LiveModule } from './modules/live/index.ts';
import { LogModule } from './modules/log/index.ts';
import { MetricModule } from './modules/metric/metric.module.ts';
import { PlanModule } from './modules/plan/index.ts';
import { PushModule } from './modules/push/index.ts';
import { SessionModule } from './modules/session/index.ts';
import { SourceModule } from './modules/source/source.module.ts';
import { VariableModule } from './modules/variable/variable.module.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { type ProcessParts, processModule } from './platform/process.module.ts';

@Module({
  imports: [
    PlatformModule,
    SessionModule,
    PlanModule,
    InstanceModule,
    VariableModule,
    DeploymentModule,
    LogModule,
    MetricModule,
    PushModule,
    SourceModule,
    ArchiveModule,
    HealthModule,
    LiveModule,
    ConvergenceModule,
  ],
  providers: [
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
class AppModule {}

/** The whole API. The parts are asked for when it is started, not when it is described. */
export const appModule = (parts: ProcessParts): DynamicModule => ({
  module: AppModule,
  imports: [processModule(parts)],
});
