import type {
  BuildPlan,
  CommandOverrides,
  CommitView,
  DeploymentId,
  DeploymentStatus,
  DeploymentStep,
  DeploymentTrigger,
  InstanceId,
  PlanId,
  Reason,
} from '@zarpa/contracts';

/** A deployment as the database keeps it, without its sealed environment. Times are ISO 8601 with an offset. */
export interface DeploymentRow {
  readonly deploymentId: DeploymentId;
  readonly instanceId: InstanceId;
  readonly number: number;
  readonly trigger: DeploymentTrigger;
  readonly repository: string;
  readonly branch: string;
  readonly rootDirectory: string;
  readonly commit: CommitView;
  readonly overrides: CommandOverrides;
  readonly planId: PlanId;
  readonly memoryMb: number;
  /** Which version of which variable its environment was made of. */
  readonly variableVersions: Readonly<Record<string, string>>;
  /** What it runs instead of building. */
  readonly reusedArtifact: string | null;
  readonly rollbackOf: DeploymentId | null;
  readonly status: DeploymentStatus;
  readonly reason: Reason | null;
  readonly steps: readonly DeploymentStep[];
  readonly buildPlan: BuildPlan | null;
  readonly artifact: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

const columns = {
  deploymentId: 'deployment_id',
  instanceId: 'instance_id',
  number: 'number',
  trigger: 'trigger',
  repository: 'repository',
  branch: 'branch',
  rootDirectory: 'root_directory',
  commit: 'commit',
  overrides: 'overrides',
  planId: 'plan_id',
  memoryMb: 'memory_mb',
  variableVersions: 'variable_versions',
  reusedArtifact: 'reused_artifact',
  rollbackOf: 'rollback_of',
  status: 'status',
  reason: 'reason',
  steps: 'steps',
  buildPlan: 'build_plan',
  artifact: 'artifact',
  createdAt: 'created_at',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
} as const satisfies Record<keyof DeploymentRow, string>;

/** SQL: one deployment of the table `alias` as JSON, null where the join found none. */
export function deploymentJson(alias: string): string {
  const pairs = Object.entries(columns).map(([key, column]) => `'${key}', ${alias}.${column}`);
  return `CASE WHEN ${alias}.deployment_id IS NOT NULL THEN json_build_object(${pairs.join(', ')}) END`;
}
