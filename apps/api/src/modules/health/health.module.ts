import { Module } from '@nestjs/common';
import { ConvergenceModule } from '../convergence/index.ts';
import { HealthController } from './health.controller.ts';
import { HealthService } from './health.service.ts';

@Module({ imports: [ConvergenceModule], controllers: [HealthController], providers: [HealthService] })
export class HealthModule {}
