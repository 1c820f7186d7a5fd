import { z } from 'zod';
import { DeploymentId } from '../ids.ts';
import { BranchName, CommitSha, EpochMs, RepositoryName, Timestamp } from '../primitives.ts';
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

/** The two parts of a `RepositoryName` in a path. */
export const RepositoryPath = z.object({
  owner: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/),
  name: z.string().regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/),
});
export type RepositoryPath = z.infer<typeof RepositoryPath>;

export const RepositoryQuery = z.object({
  search: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
export type RepositoryQuery = z.infer<typeof RepositoryQuery>;

export const BranchQuery = z.object({ branch: BranchName });
export type BranchQuery = z.infer<typeof BranchQuery>;

/** What GitHub adds to the address that it sends the browser back to. */
export const GithubCallback = z.object({
  code: z.string().max(500).optional(),
  state: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
});
export type GithubCallback = z.infer<typeof GithubCallback>;

/** Query of an archive's address: until when it works, and the signature over that and the deployment. */
export const ArchiveTicket = z.object({
  expires: z.coerce.number().pipe(EpochMs),
  ticket: z.string().min(1).max(200),
});
export type ArchiveTicket = z.infer<typeof ArchiveTicket>;

/** Query of the address of a moving instance's data: until when it works, and the signature over that, the move and the direction. */
export const TransferTicket = z.object(ArchiveTicket.shape);
export type TransferTicket = z.infer<typeof TransferTicket>;
