import type {
  ClusterAbility,
  ClusterReported,
  DeploymentId,
  DeploymentProgress,
  DesiredInstance,
  InstanceId,
  LogStream,
  MetricSample,
  ObservedInstance,
} from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import type { LogSource } from './log-source.ts';

/** What an engine runs or keeps of one instance: the content of an inventory's entry. */
export interface EngineInstance {
  readonly observed: ObservedInstance;
  /** Of the newest deployment that the engine has taken up. */
  readonly progress: DeploymentProgress | null;
}

/**
 * What an engine reports, in the order in which it happened. Calls return at once and never throw: whoever needs time buffers.
 */
export interface EngineListener {
  /** An instance's whole state, at each change (with a higher `revision`) and again whenever a command asks for it. */
  observed(observed: ObservedInstance): void;
  /** A deployment's whole progress, at each change. Also an older one's end, when a newer one replaces it. */
  progressed(progress: DeploymentProgress): void;
  /**
   * A log exists and may grow: follow it. Called once for each log at `open`, when a log begins, and again when its secrets change
   * (the newest call's `secrets` hold from then on). `secrets` are the values that must be masked in it, longest first.
   */
  logActive(stream: LogStream, secrets: Secret<readonly string[]>): void;
  /**
   * A build is over and its log complete, or an instance is purged and its log gone (`kind: 'run'`). Resolves once the log is safe
   * elsewhere; where it never does (the worker died), the engine announces an ended build again (`logActive`, `logEnded`) at its next `open`.
   */
  logEnded(stream: LogStream): Promise<void>;
  /** Another worker follows this log from now on. */
  logReleased(stream: LogStream): void;
}

/** What an engine's cluster is, can do and has room for. */
export type ClusterReport = Pick<ClusterReported, 'engineVersion' | 'capacity'> & {
  readonly abilities: readonly ClusterAbility[];
};

/**
 * Runs instances. Level-triggered: every `reconcile` carries the whole desired state, in any order, any number of times.
 * What an engine keeps survives the worker; nothing above it has a memory.
 */
export interface Engine {
  readonly kind: 'local' | 'kubernetes';
  /**
   * Becomes the owner of what runs, adopts it, and reports all of it. Resolves when commands may be taken; until another owner is
   * gone it waits (standby), unless `signal` aborts.
   */
  open(listener: EngineListener, options?: { signal?: AbortSignal }): Promise<void>;
  /**
   * Takes up a desired state and returns once that is safe; never waits for a build or a stop. What is older than the instance's
   * generation changes nothing. An expired archive address leaves the deployment queued and the instance unsettled.
   * @throws where the state could not be stored or its environment not opened: worth another attempt.
   */
  reconcile(desired: DesiredInstance): Promise<void>;
  /** Everything that the engine runs or keeps. Purged instances are not in it. */
  inventory(): Promise<EngineInstance[]>;
  /** One sample of each bot that runs; CPU is the average since the previous call. */
  sample(): Promise<Map<InstanceId, MetricSample>>;
  /** A log that does not exist (yet) reads as empty. */
  report(): Promise<ClusterReport>;
  runLog(instanceId: InstanceId): LogSource;
  buildLog(instanceId: InstanceId, deploymentId: DeploymentId): LogSource;
  /**
   * Lets go of everything: builds end and start again under the next owner, bots keep running. With `stopBots` bots are stopped
   * politely first; their desired state stays, so the next owner starts them again.
   */
  close(options: { stopBots: boolean }): Promise<void>;
}
