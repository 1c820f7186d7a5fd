import { Controller, Headers, Post, Req } from '@nestjs/common';
import { ApiBody, ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import { WebhookIntake } from './webhook-intake.ts';

@Controller('webhooks')
export class WebhookController {
  constructor(private readonly intake: WebhookIntake) {}

  @Public()
  @Post('github')
  @ApiHeader({ name: 'x-github-delivery', required: true })
  @ApiHeader({ name: 'x-github-event', required: true })
  @ApiHeader({ name: 'x-hub-signature-256', required: true })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @Operation({ id: 'receiveGithubWebhook', summary: 'Take in one signed delivery', status: 202 })
  async github(@Req() request: FastifyRequest, @Headers() headers: Record<string, string | undefined>): Promise<void> {
    await this.intake.accept({
      deliveryId: headers['x-github-delivery'],
      event: headers['x-github-event'],
      signature: headers['x-hub-signature-256'],
      body: request.body,
    });
  }
}
