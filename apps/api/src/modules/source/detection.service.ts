import { Injectable } from '@nestjs/common';
import { createBuildPlan, filesToRead } from '@zarpa/build-plan';
import type { BranchQuery, DetectBuildPlan, DetectedBuildPlan, FolderList, RepositoryPath } from '@zarpa/contracts';
import pLimit from 'p-limit';
import { Github, type GithubRepository, repositoryPath } from '../github/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { botFolders } from './bot-folders.ts';

/** What a repository is, read from its list of files and the few that describe a project. */
@Injectable()
export class DetectionService {
  constructor(private readonly github: Github) {}

  async folders(scope: OwnerScope, path: RepositoryPath, { branch }: BranchQuery): Promise<FolderList> {
    const repository = await this.github.repository(scope, path);
    const { commit } = await this.head(repository, branch);
    return { items: botFolders(await repository.files(commit.sha)) };
  }

  async detect(scope: OwnerScope, input: DetectBuildPlan): Promise<DetectedBuildPlan> {
    const repository = await this.github.repository(scope, repositoryPath(input.repository));
    const { commit } = await this.head(repository, input.branch);
    const paths = await repository.files(commit.sha);
    const contents = await this.read(repository, commit.sha, filesToRead(paths, input.rootDirectory));
    const result = createBuildPlan({
      files: { paths, read: (path) => contents.get(path) },
      rootDirectory: input.rootDirectory,
      overrides: input.overrides,
    });
    return result.ok ? { commit, plan: result.plan, failure: null } : { commit, plan: null, failure: result.failure };
  }

  private async head(repository: GithubRepository, branch: string) {
    const head = await repository.branchHead(branch);
    if (head === 'unchanged') throw new Error('GitHub answered 304 to an unconditional request');
    return head;
  }

  private async read(
    repository: GithubRepository,
    sha: string,
    files: readonly string[],
  ): Promise<Map<string, string>> {
    const limit = pLimit(6);
    const texts = await Promise.all(files.map((file) => limit(() => repository.read(sha, file))));
    const pairs = files.map((file, index) => [file, texts[index]] as const);
    return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
  }
}
