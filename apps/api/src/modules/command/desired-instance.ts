import type {
  ClusterId,
  CommandOverrides,
  DataAddress,
  DeploymentId,
  DesiredData,
  DesiredInstance,
  DesiredState,
  InstanceId,
  MoveId,
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
  /** Where it is under way to another cluster. */
  readonly move: { readonly moveId: MoveId; readonly phase: MovingPhase } | null;
}

export type MovingPhase = 'stopping' | 'exporting' | 'importing';
export type TransferDirection = 'export' | 'import';

export interface Archive {
  readonly url: string;
  readonly expiresAt: number;
}

/** Signs addresses that work for a while. */
export interface Addresses {
  archiveOf(deploymentId: DeploymentId): Archive;
  dataOf(moveId: MoveId, direction: TransferDirection): DataAddress;
}

/** The whole desired state of one instance. One that is under way to another cluster is paused, whatever its owner wants. */
export function desiredInstance(row: DesiredRow, addresses: Addresses): DesiredInstance {
  const { deployment, move } = row;
  const gone = row.desiredState === 'purged';
  return {
    instanceId: row.instanceId,
    ownerId: row.ownerId,
    clusterId: row.clusterId,
    generation: row.generation,
    state: move && !gone ? 'paused' : row.desiredState,
    restartRevision: row.restartRevision,
    limits: {
      planId: row.planId,
      memoryMb: row.memoryMb,
      cpuMillis: row.cpuMillis,
      storageMb: row.storageMb,
    },
    deployment:
      deployment && !gone ? desiredDeployment(deployment, addresses.archiveOf(deployment.deploymentId)) : null,
    ...(move && !gone && move.phase !== 'stopping' && { data: desiredData(move.moveId, move.phase, addresses) }),
  };
}

const desiredData = (moveId: MoveId, phase: 'exporting' | 'importing', { dataOf }: Addresses): DesiredData => ({
  export: phase === 'exporting' ? dataOf(moveId, 'export') : null,
  import: phase === 'importing' ? dataOf(moveId, 'import') : null,
});

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
