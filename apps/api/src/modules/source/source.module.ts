import { Module } from '@nestjs/common';
import { GithubModule } from '../github/index.ts';
import { SessionModule } from '../session/index.ts';
import { DetectionService } from './detection.service.ts';
import { GithubConnectionController } from './github-connection.controller.ts';
import { GithubConnectionService } from './github-connection.service.ts';
import { RepositoryController } from './repository.controller.ts';
import { RepositoryService } from './repository.service.ts';

@Module({
  imports: [GithubModule, SessionModule],
  controllers: [GithubConnectionController, RepositoryController],
  providers: [GithubConnectionService, RepositoryService, DetectionService],
})
export class SourceModule {}
