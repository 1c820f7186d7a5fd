import type { DeploymentProgress, DesiredInstance, InstanceId, MetricSample, ObservedInstance } from '@zarpa/contracts';
import type { RawLogRecord } from '../log-source.ts';

/** What a worker's engine said while it lived. */
export interface EngineEvents {
  observed(observed: ObservedInstance): void;
  progressed(progress: DeploymentProgress): void;
}

/** A worker with its engine, in a process of its own so that it can be killed at any moment. */
export interface EngineWorker {
  /** Resolves when it may take commands. Rejects when it dies before that. */
  readonly opened: Promise<void>;
  /** Resolves when the engine has the command safely. Rejects when the worker dies before that. */
  reconcile(desired: DesiredInstance): Promise<void>;
  inventory(): Promise<{ observed: ObservedInstance; progress: DeploymentProgress | null }[]>;
  sample(): Promise<[InstanceId, MetricSample][]>;
  /** All that is kept, as text. */
  runLog(instanceId: InstanceId): Promise<LogRecordText[]>;
  buildLog(instanceId: InstanceId, deploymentId: string): Promise<LogRecordText[]>;
  /** `kill -9`. */
  kill(): Promise<void>;
  close(options: { stopBots: boolean }): Promise<void>;
}

export type LogRecordText = Omit<RawLogRecord, 'bytes'> & { readonly text: string };

/** What an engine brings to the contract suite. */
export interface EngineHarness {
  readonly timings: { readonly stableAfterMs: number; readonly stopGraceMs: number };
  readonly crashPolicy: { readonly maxCrashes: number };
  /** How many times longer than a process of this machine everything may take. */
  readonly patience: number;
  /** How often a worker is killed. */
  readonly deathRounds: number;
  /** This machine's address as builds see it. */
  readonly sourceHost: string;
  /** Starts a worker over the same storage as the ones before. */
  startWorker(events: EngineEvents): EngineWorker;
  /** A file of an instance's data directory; null where there is none. */
  readData(instanceId: InstanceId, name: string): Promise<string | null>;
  /** Seals variables as the API does. */
  seal(
    deploymentId: string,
    variables: Record<string, string>,
  ): NonNullable<DesiredInstance['deployment']>['environment'];
  /** Ends everything: no process of it may be left. */
  dispose(): Promise<void>;
}
