import type { DeploymentId, InstanceId } from '@zarpa/contracts';
import type { Job } from 'kubernetes-types/batch/v1';
import type { Pod } from 'kubernetes-types/core/v1';
import type { LogSource } from '../../log-source.ts';
import type { BuildReport, BuildRequest, BuiltImage, StartOutcome } from './build-report.ts';

/** Builds as Jobs, whose truth is in the cluster: any worker may call any of these at any time, and again. */
export interface BuildRunner {
  /** Brings the builds' namespace and all that guards it to what the settings say. */
  prepare(): Promise<void>;
  /** Takes a place in the queue, and makes the Job once it is its turn. Returns `queued` until then: call again within seconds. */
  start(request: BuildRequest): Promise<StartOutcome>;
  /**
   * What is known of a build whose Job exists; `pod` is the Job's, null where there is none. Follows the output of a build under way and
   * calls `onChange` of the options when there is more to report.
   */
  report(job: Job, pod: Pod | null): Promise<BuildReport>;
  /** Ends a build that nobody wants any more, queued or running. */
  cancel(deploymentId: DeploymentId): Promise<void>;
  /** After the log of an ended build is kept: removes its Job. */
  finish(deploymentId: DeploymentId): Promise<void>;
  /** Of both containers, as lines and notices. Over once the build has ended or its Job is gone. */
  log(deploymentId: DeploymentId): LogSource;
  /** An image that is (still) in the registry, by its artifact name; null where it is not, or the name is none of ours. */
  imageOf(artifact: string): Promise<BuiltImage | null>;
  /** Removes from the registry what the retention rule does not keep; `inUse` are artifacts that run, ran last, or may be gone back to. */
  sweepImages(instanceId: InstanceId, inUse: readonly string[]): Promise<void>;
  /** Removes all images of an instance, its cache too. */
  removeImages(instanceId: InstanceId): Promise<void>;
  /** What nodes pull the images with: the content of a Secret of type `kubernetes.io/dockerconfigjson`. */
  readonly dockerConfigJson: string;
  close(): Promise<void>;
}
