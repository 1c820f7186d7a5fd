import { Injectable } from '@nestjs/common';
import type { CommitView, InstanceId, PushView } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { Github, type GithubRepository } from '../github/index.ts';
import { type InstanceRow, InstanceSystemRepository } from '../instance/index.ts';
import { Rollout, versionOf } from '../rollout/index.ts';
import { BranchRepository } from './branch.repository.ts';
import { type PushOutcome, PushRepository, pushView } from './push.repository.ts';
import { deployedCommit, type Skip, skipOf } from './push-decision.ts';
import { type PushEvent, touches } from './push-event.ts';

/** Why a branch is looked at. A webhook is only a hint: what counts is the branch's head. */
export interface Hint {
  readonly deliveryId: string;
  readonly via: PushView['via'];
  readonly receivedAt: Date;
  readonly push: PushEvent | null;
}

interface Head {
  readonly commit: CommitView;
  readonly etag: string | null;
}

/** Brings an instance to its branch's newest commit, once for each commit, whoever noticed it. */
@Injectable()
export class BranchSync {
  constructor(
    private readonly instances: InstanceSystemRepository,
    private readonly branches: BranchRepository,
    private readonly pushes: PushRepository,
    private readonly github: Github,
    private readonly rollout: Rollout,
    private readonly database: Database,
    private readonly feed: ChangeFeed,
  ) {}

  /** The newest commit that was found, and what became of it; null where there is nothing to say. */
  async sync(instanceId: InstanceId, hint: Hint): Promise<PushView['outcome'] | null> {
    const row = await this.instances.find(instanceId);
    if (!row) return null;
    const skip = skipOf(row, hint.push);
    if (skip) return this.skip(row, hint, skip);
    const repository = await this.github.repositoryOf(row);
    const etag = hint.push ? null : await this.branches.etag(instanceId);
    const head = await repository.branchHead(row.branch, etag);
    if (head === 'unchanged') return null;
    const isKnown = row.branchHeadSha === head.commit.sha || deployedCommit(row) === head.commit.sha;
    const isFirst = row.branchHeadSha === null && !hint.push;
    if (isKnown || isFirst) {
      await this.branches.saveHead(this.database.pool, instanceId, { ...headOf(row, head) });
      return hint.push ? this.skip(row, hint, 'skipped_same_commit') : null;
    }
    if (!(await this.touchesFolder(row, head, hint, repository))) {
      await this.branches.saveHead(this.database.pool, instanceId, headOf(row, head));
      return this.skip(row, hint, 'skipped_folder_untouched', head.commit);
    }
    return this.deploy(row, head, hint);
  }

  async skip(row: InstanceRow, hint: Hint, outcome: Skip | 'failed', commit?: CommitView): Promise<typeof outcome> {
    const seen = commit ?? hint.push?.commit;
    if (seen) {
      const push = { ...outcomeOf(row, hint, seen), outcome, deploymentId: null };
      if (await this.pushes.record(this.database.pool, push)) this.tell(row, push);
    }
    return outcome;
  }

  private async deploy(seen: InstanceRow, head: Head, hint: Hint): Promise<PushView['outcome'] | null> {
    const { instanceId } = seen;
    const made = await this.database.transaction(async (tx) => {
      const row = await this.instances.lock(tx, instanceId);
      const changed = !row || row.branch !== seen.branch || row.branchHeadSha !== seen.branchHeadSha;
      if (changed || skipOf(row, null) !== null) return null;
      const rolledOut = await this.rollout.start(tx, row, { ...versionOf(row, head.commit), trigger: 'push' });
      await this.branches.saveHead(tx, instanceId, headOf(row, head));
      const outcome = rolledOut.superseded.length > 0 ? 'replaced_waiting' : 'deployed';
      const { deploymentId } = rolledOut;
      const push: PushOutcome = { ...outcomeOf(row, hint, head.commit), outcome, deploymentId };
      const isNew = await this.pushes.record(tx, push);
      return { ...rolledOut, push, isNew };
    });
    if (!made) return hint.push ? this.skip(seen, hint, 'skipped_same_commit') : null;
    for (const deploymentId of [...made.superseded, made.deploymentId]) this.feed.emit('deployment', { deploymentId });
    this.feed.emit('instance', { instanceId });
    if (made.isNew) this.tell(seen, made.push);
    return made.push.outcome;
  }

  private tell({ ownerId, instanceId }: InstanceRow, push: PushOutcome): void {
    this.feed.emit('push', { ownerId, instanceId, push: pushView(push) });
  }

  private async touchesFolder(
    row: InstanceRow,
    { commit }: Head,
    { push }: Hint,
    repository: GithubRepository,
  ): Promise<boolean> {
    if (row.rootDirectory === '' || row.branchHeadSha === null) return true;
    const told = push && push.before === row.branchHeadSha && push.after === commit.sha ? push.changedFiles : null;
    const files = told ?? (await repository.changedFiles(row.branchHeadSha, commit.sha));
    return files === null || touches(row.rootDirectory, files);
  }
}

const headOf = (row: InstanceRow, { commit, etag }: Head) => ({ branch: row.branch, sha: commit.sha, etag });

function outcomeOf(
  row: InstanceRow,
  { deliveryId, via, receivedAt, push }: Hint,
  commit: CommitView,
): Omit<PushOutcome, 'outcome' | 'deploymentId'> {
  const { instanceId, repository, branch } = row;
  return { instanceId, deliveryId, via, receivedAt, repository, branch: push?.branch ?? branch, commit };
}
