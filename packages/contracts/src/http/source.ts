import { z } from 'zod';
import { DeploymentId } from '../ids.ts';
import { CommitSha, RepositoryName, Timestamp } from '../primitives.ts';
import { CommitView } from './deployment.ts';

export const GithubConnection = z
  .object({
    connected: z.boolean(),
    login: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    /** True where the sandbox stands for github.com. */
    sandbox: z.boolean(),
    webUrl: z.string(),
  })
  .meta({ id: 'GithubConnection' });
export type GithubConnection = z.infer<typeof GithubConnection>;

export const GithubAuthorization = z.object({ authorizeUrl: z.url() }).meta({ id: 'GithubAuthorization' });
export type GithubAuthorization = z.infer<typeof GithubAuthorization>;

export const RepositoryView = z
  .object({
    repository: RepositoryName,
    description: z.string().nullable(),
    private: z.boolean(),
    defaultBranch: z.string(),
    language: z.string().nullable(),
    pushedAt: Timestamp.nullable(),
    url: z.string(),
  })
  .meta({ id: 'RepositoryView' });
export type RepositoryView = z.infer<typeof RepositoryView>;

export const RepositoryPage = z
  .object({ items: z.array(RepositoryView), nextPage: z.int().nullable() })
  .meta({ id: 'RepositoryPage' });
export type RepositoryPage = z.infer<typeof RepositoryPage>;

export const BranchList = z
  .object({ items: z.array(z.object({ name: z.string(), sha: CommitSha })), defaultBranch: z.string() })
  .meta({ id: 'BranchList' });
export type BranchList = z.infer<typeof BranchList>;

export const CommitList = z.object({ items: z.array(CommitView) }).meta({ id: 'CommitList' });
export type CommitList = z.infer<typeof CommitList>;

/** Folders that look like a bot's root (they hold a recognised file), `''` first where the root is one. */
export const FolderList = z.object({ items: z.array(z.string()) }).meta({ id: 'FolderList' });
export type FolderList = z.infer<typeof FolderList>;

/** What happened to one push, for one instance. */
export const PushView = z
  .object({
    deliveryId: z.string(),
    via: z.enum(['webhook', 'poll']),
    repository: RepositoryName,
    branch: z.string(),
    commit: CommitView,
    receivedAt: Timestamp,
    outcome: z.enum([
      'deployed',
      'replaced_waiting',
      'skipped_other_branch',
      'skipped_folder_untouched',
      'skipped_auto_deploy_off',
      'skipped_paused',
      'skipped_deleted',
      'skipped_same_commit',
      'failed',
    ]),
    deploymentId: DeploymentId.nullable(),
  })
  .meta({ id: 'PushView' });
export type PushView = z.infer<typeof PushView>;

export const PushList = z.object({ items: z.array(PushView) }).meta({ id: 'PushList' });
export type PushList = z.infer<typeof PushList>;
