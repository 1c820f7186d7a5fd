import type {
  ClusterId,
  CommandOverrides,
  DeploymentId,
  DesiredInstance,
  DesiredState,
  InstanceId,
  OwnerId,
  PlanId,
  SealedBox,
} from '@zarpa/contracts';

/** An instance with its plan and the version that should run, as a command is made of it. */
export interface DesiredRow {
  readonly instanceId: InstanceId;
  readonly ownerId: OwnerId;
  readonly clusterId: ClusterId;
  readonly generation: number;
  readonly desiredState: DesiredState;
  readonly restartRevision: number;
  readonly planId: PlanId;
  readonly memoryMb: number;
  readonly cpuMillis: number;
  readonly storageMb: number;
  readonly deployment: {
    readonly deploymentId: DeploymentId;
    readonly repository: string;
    readonly commitSha: string;
    readonly rootDirectory: string;
    readonly overrides: CommandOverrides;
    /** What it made itself, once it has; else what it was told to run. */
    readonly artifact: string | null;
    readonly sealedEnvironment: SealedBox;
  } | null;
}

export interface Archive {
  readonly url: string;
  readonly expiresAt: number;
}

/** The whole desired state of one instance. `archiveOf` signs an address that works for a while. */
export function desiredInstance(row: DesiredRow, archiveOf: (deploymentId: DeploymentId) => Archive): DesiredInstance {
  const { deployment } = row;
  const gone = row.desiredState === 'purged';
  return {
    instanceId: row.instanceId,
    ownerId: row.ownerId,
    clusterId: row.clusterId,
    generation: row.generation,
    state: row.desiredState,
    restartRevision: row.restartRevision,
    limits: {
      planId: row.planId,
      memoryMb: row.memoryMb,
      cpuMillis: row.cpuMillis,
      storageMb: row.storageMb,
    },
    deployment: deployment && !gone ? desiredDeployment(deployment, archiveOf(deployment.deploymentId)) : null,
  };
}

function desiredDeployment(
  deployment: NonNullable<DesiredRow['deployment']>,
  archive: Archive,
): DesiredInstance['deployment'] {
  return {
    deploymentId: deployment.deploymentId,
    source: {
      kind: 'repository',
      repository: deployment.repository,
      commitSha: deployment.commitSha,
      rootDirectory: deployment.rootDirectory,
      archiveUrl: archive.url,
      archiveExpiresAt: archive.expiresAt,
    },
    overrides: deployment.overrides,
    artifact: deployment.artifact,
    environment: deployment.sealedEnvironment,
  };
}
