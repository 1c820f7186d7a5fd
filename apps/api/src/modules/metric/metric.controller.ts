import { Controller, Get, Param, Query } from '@nestjs/common';
import { InstanceId, MetricQuery, MetricSeries } from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { MetricService } from './metric.service.ts';

@Controller('v1/instances/:instanceId/metrics')
export class MetricController {
  constructor(private readonly metrics: MetricService) {}

  @Get()
  @Operation({ id: 'getInstanceMetrics', summary: 'CPU and memory over time', answer: MetricSeries })
  series(
    @Scope() scope: OwnerScope,
    @Param('instanceId', { schema: InstanceId }) id: InstanceId,
    @Query({ schema: MetricQuery }) query: MetricQuery,
  ): Promise<MetricSeries> {
    return this.metrics.series(scope, id, query.range);
  }
}
