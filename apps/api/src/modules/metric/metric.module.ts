import { Module } from '@nestjs/common';
import { MetricController } from './metric.controller.ts';
import { MetricService } from './metric.service.ts';

@Module({
  controllers: [MetricController],
  providers: [MetricService],
})
export class MetricModule {}
