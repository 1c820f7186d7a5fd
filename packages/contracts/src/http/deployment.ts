import { z } from 'zod';
import { BuildPlan, BuildPlanFailure, CommandOverrides } from '../build-plan.ts';
import { DeploymentId, InstanceId, PlanId } from '../ids.ts';
import { LogLine } from '../log.ts';
import { DeploymentStatus, StepName } from '../observed.ts';
import { BranchName, CommitSha, RepositoryName, RootDirectory, Timestamp, VariableName } from '../primitives.ts';
import { Reason } from '../reasons.ts';

export const CommitView = z
  .object({
    sha: CommitSha,
    message: z.string(),
    author: z.string(),
    authorAvatarUrl: z.string().nullable(),
    committedAt: Timestamp.nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: 'CommitView' });
export type CommitView = z.infer<typeof CommitView>;

export const DeploymentTrigger = z
  .enum(['created', 'manual', 'push', 'variables', 'rollback', 'restored'])
  .meta({ id: 'DeploymentTrigger' });
export type DeploymentTrigger = z.infer<typeof DeploymentTrigger>;

export const DeploymentStepView = z
  .object({
    name: StepName,
    status: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'DeploymentStepView' });
export type DeploymentStepView = z.infer<typeof DeploymentStepView>;

/** One immutable attempt. Only status, reason, steps, artifact and times move, until the status is final. */
export const DeploymentView = z
  .object({
    deploymentId: DeploymentId,
    instanceId: InstanceId,
    /** Counts an instance's deployments from 1. */
    number: z.int().positive(),
    trigger: DeploymentTrigger,
    repository: RepositoryName,
    branch: z.string(),
    rootDirectory: RootDirectory,
    commit: CommitView,
    overrides: CommandOverrides,
    planId: PlanId,
    memoryMb: z.int().positive(),
    /** Names only, sorted. */
    variableNames: z.array(VariableName),
    status: DeploymentStatus,
    reason: Reason.nullable(),
    steps: z.array(DeploymentStepView),
    buildPlan: BuildPlan.nullable(),
    /** True where it ran an existing artifact instead of building. */
    reusedArtifact: z.boolean(),
    rollbackOf: DeploymentId.nullable(),
    /** True while it is the version in operation. */
    current: z.boolean(),
    /** True where a rollback to it is possible. */
    canRollback: z.boolean(),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'DeploymentView' });
export type DeploymentView = z.infer<typeof DeploymentView>;

export const DeploymentPage = z
  .object({ items: z.array(DeploymentView), nextCursor: z.string().nullable() })
  .meta({ id: 'DeploymentPage' });
export type DeploymentPage = z.infer<typeof DeploymentPage>;

/**
 * `commitSha` null takes the branch's newest commit. `reuseArtifact` (only with the commit in operation) applies new variables without a build.
 */
export const CreateDeployment = z
  .object({ commitSha: CommitSha.nullable().default(null), reuseArtifact: z.boolean().default(false) })
  .meta({ id: 'CreateDeployment' });
export type CreateDeployment = z.infer<typeof CreateDeployment>;

export const BuildLogView = z
  .object({ lines: z.array(LogLine), complete: z.boolean(), truncated: z.boolean() })
  .meta({ id: 'BuildLogView' });
export type BuildLogView = z.infer<typeof BuildLogView>;

export const DetectBuildPlan = z
  .object({
    repository: RepositoryName,
    branch: BranchName,
    rootDirectory: RootDirectory.default(''),
    overrides: CommandOverrides.default({ install: null, build: null, start: null }),
  })
  .meta({ id: 'DetectBuildPlan' });
export type DetectBuildPlan = z.infer<typeof DetectBuildPlan>;

export const DetectedBuildPlan = z
  .object({ commit: CommitView, plan: BuildPlan.nullable(), failure: BuildPlanFailure.nullable() })
  .meta({ id: 'DetectedBuildPlan' });
export type DetectedBuildPlan = z.infer<typeof DetectedBuildPlan>;

/** `cursor` is the `nextCursor` of the page before. */
export const DeploymentQuery = z.object({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type DeploymentQuery = z.infer<typeof DeploymentQuery>;
