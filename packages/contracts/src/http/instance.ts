import { z } from 'zod';
import { CommandOverrides } from '../build-plan.ts';
import { DesiredState } from '../desired.ts';
import { QrMatrix } from '../events.ts';
import { ClusterId, InstanceId, PlanId } from '../ids.ts';
import { ObservedState } from '../observed.ts';
import { BranchName, RepositoryName, RootDirectory, Timestamp, VariableName } from '../primitives.ts';
import { Reason } from '../reasons.ts';
import { DeploymentView } from './deployment.ts';

export const InstanceName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]+$/u)
  .meta({ id: 'InstanceName' });

export const InstanceView = z
  .object({
    instanceId: InstanceId,
    name: InstanceName,
    source: z.object({
      kind: z.literal('repository'),
      repository: RepositoryName,
      branch: z.string(),
      rootDirectory: RootDirectory,
      autoDeploy: z.boolean(),
      url: z.string().nullable(),
    }),
    overrides: CommandOverrides,
    planId: PlanId,
    memoryMb: z.int().positive(),
    clusterId: ClusterId,
    generation: z.int().positive(),
    desiredState: DesiredState,
    state: ObservedState,
    reason: Reason.nullable(),
    exitCode: z.int().nullable(),
    restarts: z.int().nonnegative(),
    startedAt: Timestamp.nullable(),
    nextStartAt: Timestamp.nullable(),
    /** True while the engine has not yet done what the owner asked last. */
    settling: z.boolean(),
    /** The version in operation. */
    currentDeployment: DeploymentView.nullable(),
    /** The newest attempt, which may be the same. */
    latestDeployment: DeploymentView.nullable(),
    /** True where saved variables, commands, branch or folder differ from the version in operation. */
    redeployNeeded: z.boolean(),
    qr: z.object({ matrix: QrMatrix, seenAt: Timestamp }).nullable(),
    deletedAt: Timestamp.nullable(),
    /** Until when a deleted one can be restored. */
    restorableUntil: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'InstanceView' });
export type InstanceView = z.infer<typeof InstanceView>;

export const InstanceList = z.object({ items: z.array(InstanceView) }).meta({ id: 'InstanceList' });
export type InstanceList = z.infer<typeof InstanceList>;

export const VariableInput = z
  .object({
    name: VariableName,
    value: z
      .string()
      .max(32_768)
      .refine((value) => !value.includes('\0'), 'must not contain NUL'),
  })
  .meta({ id: 'VariableInput' });
export type VariableInput = z.infer<typeof VariableInput>;

const uniqueNames = (variables: readonly { name: string }[]): boolean =>
  new Set(variables.map((v) => v.name)).size === variables.length;

export const CreateInstance = z
  .object({
    name: InstanceName,
    repository: RepositoryName,
    branch: BranchName,
    rootDirectory: RootDirectory.default(''),
    autoDeploy: z.boolean().default(true),
    overrides: CommandOverrides.default({ install: null, build: null, start: null }),
    planId: PlanId,
    variables: z.array(VariableInput).max(200).refine(uniqueNames, 'each name once').default([]),
  })
  .meta({ id: 'CreateInstance' });
export type CreateInstance = z.infer<typeof CreateInstance>;

export const UpdateInstance = z
  .object({
    name: InstanceName.optional(),
    branch: BranchName.optional(),
    rootDirectory: RootDirectory.optional(),
    autoDeploy: z.boolean().optional(),
    overrides: CommandOverrides.optional(),
  })
  .meta({ id: 'UpdateInstance' });
export type UpdateInstance = z.infer<typeof UpdateInstance>;

export const ChangePlan = z.object({ planId: PlanId }).meta({ id: 'ChangePlan' });
export type ChangePlan = z.infer<typeof ChangePlan>;

export const VariableView = z
  .object({
    name: VariableName,
    updatedAt: Timestamp,
    /** True where the version in operation has another value, or none. */
    changed: z.boolean(),
  })
  .meta({ id: 'VariableView' });
export type VariableView = z.infer<typeof VariableView>;

export const VariableList = z
  .object({ items: z.array(VariableView), removed: z.array(VariableName), redeployNeeded: z.boolean() })
  .meta({ id: 'VariableList' });
export type VariableList = z.infer<typeof VariableList>;

/** Names in `set` are written, names in `remove` deleted, all others stay. */
export const UpdateVariables = z
  .object({
    set: z.array(VariableInput).max(200).refine(uniqueNames, 'each name once').default([]),
    remove: z.array(VariableName).max(200).default([]),
  })
  .meta({ id: 'UpdateVariables' });
export type UpdateVariables = z.infer<typeof UpdateVariables>;

export const VariableValue = z.object({ name: VariableName, value: z.string() }).meta({ id: 'VariableValue' });
export type VariableValue = z.infer<typeof VariableValue>;
