import { Module } from '@nestjs/common';
import { InstanceModule } from '../instance/index.ts';
import { MetricController } from './metric.controller.ts';
import { MetricService } from './metric.service.ts';

@Module({
  imports: [InstanceModule],
  controllers: [MetricController],
  providers: [MetricService],
  exports: [MetricService],
})
export class MetricModule {}
