import { Module } from '@nestjs/common';
import { CommandModule } from '../command/index.ts';
import { GithubModule } from '../github/index.ts';
import { ArchiveController } from './archive.controller.ts';
import { ArchiveService } from './archive.service.ts';

@Module({
  imports: [CommandModule, GithubModule],
  controllers: [ArchiveController],
  providers: [ArchiveService],
})
export class ArchiveModule {}
