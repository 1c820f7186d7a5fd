import type { BuildPlan, DesiredDeployment, InstanceId, OwnerId, Reason } from '@zarpa/contracts';

export interface BuildRequest {
  readonly instanceId: InstanceId;
  readonly ownerId: OwnerId;
  readonly deployment: DesiredDeployment;
  /** The deployment names an artifact that is no longer kept: the build log says so, as a notice with the code `artifact_missing`. */
  readonly artifactMissing: boolean;
}

/**
 * `started`: its Job is there, made now or before · `queued`: it waits for a slot, call again · `address-expired`: a fresh archive address is
 * needed · `failed`: no Job will come of it.
 */
export type StartOutcome =
  | { readonly kind: 'started' | 'queued' | 'address-expired' }
  | { readonly kind: 'failed'; readonly reason: Reason };

export type BuildStep = 'fetch' | 'plan' | 'build' | 'publish';

/** Milliseconds since 1970; `finishedAt` null while it runs. A step that has not begun is missing. */
export type StepTimes = Readonly<
  Partial<Record<BuildStep, { readonly startedAt: number; readonly finishedAt: number | null }>>
>;

export type BuildState =
  /** The Job is there, nothing of it runs yet. */
  | { readonly state: 'queued' }
  | { readonly state: 'running'; readonly step: BuildStep }
  /** `artifact` is `<registry>/<path>/<instance>@sha256:…`. */
  | {
      readonly state: 'published';
      readonly artifact: string;
      readonly artifactBytes: number;
      readonly buildPlan: BuildPlan;
    }
  | { readonly state: 'failed'; readonly reason: Reason }
  /** Finish this one and start again with a fresh archive address. */
  | { readonly state: 'address-expired' }
  /** Finish this one and start again: it failed through no fault of the repository's. */
  | { readonly state: 'again' };

/** What is known of a build; `buildPlan` as soon as there is one. */
export interface BuildReport {
  readonly outcome: BuildState;
  readonly steps: StepTimes;
  readonly buildPlan: BuildPlan | null;
}

/** An image that the registry keeps. */
export interface BuiltImage {
  readonly bytes: number;
  /** As it was built; null where the image does not say. */
  readonly buildPlan: BuildPlan | null;
}
