import { Controller, Get, HttpStatus, Param, Query, Redirect } from '@nestjs/common';
import { ArchiveTicket, DeploymentId } from '@zarpa/contracts';
import { Public } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import { ArchiveService } from './archive.service.ts';

@Controller('archives')
export class ArchiveController {
  constructor(private readonly archives: ArchiveService) {}

  @Public()
  @Get(':deploymentId')
  @Redirect()
  @Operation({ id: 'redirectToArchive', summary: "Redirect to the commit's tarball", status: 302 })
  async redirect(
    @Param('deploymentId', { schema: DeploymentId }) deploymentId: DeploymentId,
    @Query({ schema: ArchiveTicket }) ticket: ArchiveTicket,
  ): Promise<{ url: string; statusCode: number }> {
    return { url: await this.archives.locate(deploymentId, ticket), statusCode: HttpStatus.FOUND };
  }
}
