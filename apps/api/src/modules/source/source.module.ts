import { Module } from '@nestjs/common';
import { DetectionService } from './detection.service.ts';
import { GithubConnectionController } from './github-connection.controller.ts';
import { GithubConnectionService } from './github-connection.service.ts';
import { RepositoryController } from './repository.controller.ts';
import { RepositoryService } from './repository.service.ts';

@Module({
  controllers: [GithubConnectionController, RepositoryController],
  providers: [GithubConnectionService, RepositoryService, DetectionService],
})
export class SourceModule {}
