import { Controller, Get, Header, Res } from '@nestjs/common';
import { HealthView } from '@zarpa/contracts';
import type { FastifyReply } from 'fastify';
import { Public } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import { HealthService } from './health.service.ts';

@Public()
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('health/live')
  @Operation({ id: 'getLiveness', summary: 'The process answers', answer: HealthView })
  live(): HealthView {
    return { status: 'ok', failing: [] };
  }

  @Get('health/ready')
  @Operation({ id: 'getReadiness', summary: 'Everything it needs works (503 where not)', answer: HealthView })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthView> {
    const view = await this.health.check();
    if (view.status === 'failing') reply.code(503);
    return view;
  }

  @Get('metrics')
  @Operation({ id: 'getMetrics', summary: 'Metrics of the process for Prometheus', contentType: 'text/plain' })
  metrics(): Promise<string> {
    return this.health.metrics();
  }

  @Get('openapi.json')
  @Header('content-type', 'application/json')
  @Operation({ id: 'getOpenapi', summary: 'This document' })
  openapi(): string {
    return this.health.openapi();
  }
}
