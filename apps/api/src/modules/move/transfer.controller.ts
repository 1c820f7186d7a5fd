import { Controller, Get, Param, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { MoveId, TransferTicket } from '@zarpa/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import { TransferService } from './transfer.service.ts';

const digest = (sha256: string): string => `sha-256=:${sha256}:`;

@Controller('transfers')
export class TransferController {
  constructor(private readonly transfers: TransferService) {}

  @Public()
  @Put(':moveId')
  @Operation({ id: 'storeTransfer', summary: 'Take the data of an instance that moves', status: 204 })
  async receive(
    @Param('moveId', { schema: MoveId }) moveId: MoveId,
    @Query({ schema: TransferTicket }) ticket: TransferTicket,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    reply.header('repr-digest', digest(await this.transfers.receive(moveId, ticket, request.raw)));
  }

  @Public()
  @Get(':moveId')
  @Operation({
    id: 'readTransfer',
    summary: 'Give the data of an instance that moves',
    contentType: 'application/gzip',
  })
  async send(
    @Param('moveId', { schema: MoveId }) moveId: MoveId,
    @Query({ schema: TransferTicket }) ticket: TransferTicket,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { content, bytes, sha256 } = await this.transfers.send(moveId, ticket);
    reply.header('repr-digest', digest(sha256));
    return new StreamableFile(content, { type: 'application/gzip', length: bytes });
  }
}
