import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  BranchList,
  BranchQuery,
  CommitList,
  DetectBuildPlan,
  DetectedBuildPlan,
  FolderList,
  RepositoryPage,
  RepositoryPath,
  RepositoryQuery,
} from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { DetectionService } from './detection.service.ts';
import { RepositoryService } from './repository.service.ts';

@Controller('v1/sources/github')
export class RepositoryController {
  constructor(
    private readonly repositories: RepositoryService,
    private readonly detection: DetectionService,
  ) {}

  @Get('repositories')
  @Operation({ id: 'listRepositories', summary: 'Repositories that the owner may deploy', answer: RepositoryPage })
  list(
    @Scope() scope: OwnerScope,
    @Query({ schema: RepositoryQuery }) query: RepositoryQuery,
  ): Promise<RepositoryPage> {
    return this.repositories.list(scope, query);
  }

  @Get('repositories/:owner/:name/branches')
  @Operation({ id: 'listBranches', summary: 'Branches of a repository', answer: BranchList })
  branches(@Scope() scope: OwnerScope, @Param({ schema: RepositoryPath }) path: RepositoryPath): Promise<BranchList> {
    return this.repositories.branches(scope, path);
  }

  @Get('repositories/:owner/:name/commits')
  @Operation({ id: 'listCommits', summary: 'Newest commits of a branch', answer: CommitList })
  commits(
    @Scope() scope: OwnerScope,
    @Param({ schema: RepositoryPath }) path: RepositoryPath,
    @Query({ schema: BranchQuery }) query: BranchQuery,
  ): Promise<CommitList> {
    return this.repositories.commits(scope, path, query);
  }

  @Get('repositories/:owner/:name/folders')
  @Operation({ id: 'listFolders', summary: 'Folders that look like a bot', answer: FolderList })
  folders(
    @Scope() scope: OwnerScope,
    @Param({ schema: RepositoryPath }) path: RepositoryPath,
    @Query({ schema: BranchQuery }) query: BranchQuery,
  ): Promise<FolderList> {
    return this.detection.folders(scope, path, query);
  }

  @Post('detect')
  @Operation({ id: 'detectBuildPlan', summary: 'How a repository would be built', answer: DetectedBuildPlan })
  detect(
    @Scope() scope: OwnerScope,
    @Body({ schema: DetectBuildPlan }) input: DetectBuildPlan,
  ): Promise<DetectedBuildPlan> {
    return this.detection.detect(scope, input);
  }
}
