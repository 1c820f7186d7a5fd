import { setTimeout as delay } from 'node:timers/promises';
import { type DeploymentId, DeploymentId as DeploymentIds, type DeploymentProgress, isFinal } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import type { Job } from 'kubernetes-types/batch/v1';
import { ended, published, stepsSkipped } from '../instance/progress.ts';
import { maskedReason } from '../instance/secret-values.ts';
import type { BuildReport } from './builds/build-report.ts';
import type { KubernetesContext } from './context.ts';
import { followBuild } from './follow-build.ts';
import { label } from './names.ts';
import type { Facts } from './plan.ts';
import type { InstanceRecord } from './record/record.ts';
import type { RecordKeeper } from './record/record-keeper.ts';

const queueLookMs = 1_000;
const cancelPatienceMs = 2_000;
/** A failure that is not the repository's, such as a registry that does not answer, is tried again so often. */
const attemptsAtMost = 3;

/** The builds of one instance: the one that is wanted, and what is left of others. */
export class InstanceBuild {
  readonly #context: KubernetesContext;
  readonly #keeper: RecordKeeper;
  /** An archive address that was refused: no use to try again. */
  #refusedAddress: string | null = null;
  /** Logs that are being handed over, by deployment. */
  readonly #ending = new Map<DeploymentId, Promise<void>>();
  readonly #announced = new Set<DeploymentId>();
  readonly #failures = new Map<DeploymentId, number>();
  /** Jobs that were ended, by uid: the cache may still show them for a moment. */
  readonly #handed = new Set<string>();

  constructor(options: { context: KubernetesContext; keeper: RecordKeeper }) {
    this.#context = options.context;
    this.#keeper = options.keeper;
  }

  state(record: InstanceRecord): Facts['build'] {
    const jobs = this.#jobs(record);
    const { progress } = record;
    const open = progress !== null && !isFinal(progress.status) && progress.status !== 'starting';
    const isCurrent = (one: BuildJob) => open && one.deploymentId === progress.deploymentId;
    const left = jobs.filter((one) => !isCurrent(one) && !this.#isHanded(one) && !one.isDone);
    if (left.some(({ isDeleting }) => !isDeleting)) return 'outdated';
    const current = jobs.find((one) => isCurrent(one) && !this.#handed.has(one.uid));
    if (current !== undefined) return current.isDeleting ? 'ending' : 'current';
    return left.length > 0 || this.#isCancelling(record) ? 'ending' : 'none';
  }

  isSourceReachable({ desired }: InstanceRecord): boolean {
    if (desired.deployment === null) return false;
    const { archiveUrl, archiveExpiresAt } = desired.deployment.source;
    return archiveExpiresAt > Date.now() && archiveUrl !== this.#refusedAddress;
  }

  /** Writes down what the present build has come to, and hands over the logs of those that ended. True where the record changed. */
  async follow(record: InstanceRecord, secrets: Secret<readonly string[]>): Promise<boolean> {
    let changed = false;
    for (const one of this.#jobs(record)) {
      if (this.#isHanded(one) || one.isDeleting) continue;
      this.#announce(record, one.deploymentId, secrets);
      const report = this.#orAgain(
        one.deploymentId,
        await this.#context.builds.report(one.job, this.#context.caches.podOf(one.job)),
      );
      if (one.deploymentId === record.progress?.deploymentId) changed = (await this.#keep(report, secrets)) || changed;
      if (isOver(report)) this.#hand(record, one, report);
    }
    return changed;
  }

  /** Makes the Job, or uses an artifact that is kept. Returns when to look again, where nothing will tell. */
  async start(record: InstanceRecord, secrets: Secret<readonly string[]>): Promise<number | null> {
    const { deployment, instanceId, ownerId } = record.desired;
    if (deployment === null) return null;
    const { deploymentId, artifact } = deployment;
    if (artifact !== null && (await this.#reuse(record, artifact))) return null;
    const outcome = await this.#context.builds.start({
      instanceId,
      ownerId,
      deployment,
      artifactMissing: artifact !== null,
    });
    switch (outcome.kind) {
      case 'started':
        return null;
      case 'queued':
        return queueLookMs;
      case 'address-expired':
        this.#refusedAddress = deployment.source.archiveUrl;
        return null;
      case 'failed': {
        const reason = maskedReason(outcome.reason, secrets);
        await this.#change(deploymentId, (progress) => ended(progress, 'failed', reason, Date.now()));
        return null;
      }
    }
  }

  /** Ends what nobody wants any more; what it printed until now is kept. */
  async cancel(record: InstanceRecord): Promise<void> {
    const { progress } = record;
    const open = progress !== null && !isFinal(progress.status) ? progress.deploymentId : null;
    const unwanted = record.desired.state === 'deleted' || record.desired.state === 'purged';
    for (const one of this.#jobs(record)) {
      const { deploymentId } = one;
      if (one.isDeleting || this.#isHanded(one) || (deploymentId === open && !unwanted)) continue;
      const { instanceId } = record.desired;
      const handed = this.#context.listener.logEnded({ kind: 'build', instanceId, deploymentId });
      const cancelled = Promise.race([handed, delay(cancelPatienceMs)]).then(async () => {
        await this.#context.builds.cancel(deploymentId);
        await handed;
      });
      this.#track(one, cancelled);
    }
  }

  /** Gives up its place in the queue, where it only waits. */
  async leaveQueue(deploymentId: DeploymentId): Promise<void> {
    await this.#context.builds.cancel(deploymentId);
  }

  /** False where the artifact is no longer kept. */
  async #reuse(record: InstanceRecord, artifact: string): Promise<boolean> {
    const image = await this.#context.builds.imageOf(artifact);
    const buildPlan = image?.buildPlan ?? null;
    if (image === null || buildPlan === null) return false;
    await this.#change(record.desired.deployment?.deploymentId, (progress) => {
      const now = Date.now();
      const skipped = stepsSkipped({ ...progress, buildPlan }, ['fetch', 'plan', 'build', 'publish'], now);
      return published(skipped, { artifact, artifactBytes: image.bytes }, now);
    });
    return true;
  }

  /** Images that neither run nor may be gone back to. */
  async sweepImages({ desired, current, progress, replaced }: InstanceRecord): Promise<void> {
    const inUse = [current, progress, ...replaced].map((one) => one?.artifact ?? null).filter((one) => one !== null);
    await this.#context.builds.sweepImages(desired.instanceId, inUse);
  }

  async #keep(report: BuildReport, secrets: Secret<readonly string[]>): Promise<boolean> {
    if (report.outcome.state === 'address-expired') {
      this.#refusedAddress = this.#keeper.record?.desired.deployment?.source.archiveUrl ?? null;
    }
    const masked = withMaskedReason(report, secrets);
    return await this.#change(this.#keeper.record?.progress?.deploymentId, (progress) =>
      followBuild(progress, masked, Date.now()),
    );
  }

  async #change(
    deploymentId: DeploymentId | undefined,
    change: (progress: DeploymentProgress) => DeploymentProgress,
  ): Promise<boolean> {
    return await this.#keeper.commit(({ progress }) => {
      if (progress === null || progress.deploymentId !== deploymentId || isFinal(progress.status)) return null;
      const next = change(progress);
      return next === progress ? null : { progress: next };
    });
  }

  /** What failed through no fault of the repository's counts as not begun yet, a few times. */
  #orAgain(deploymentId: DeploymentId, report: BuildReport): BuildReport {
    const { outcome } = report;
    if (outcome.state !== 'failed' || outcome.reason.code !== 'engine_error') return report;
    const failures = (this.#failures.get(deploymentId) ?? 0) + 1;
    if (failures >= attemptsAtMost) return report;
    this.#failures.set(deploymentId, failures);
    this.#context.logger.warn({ deploymentId, reason: outcome.reason, failures }, 'Began a build again');
    return { ...report, outcome: { state: 'again' } };
  }

  #announce({ desired }: InstanceRecord, deploymentId: DeploymentId, secrets: Secret<readonly string[]>): void {
    if (this.#announced.has(deploymentId)) return;
    this.#announced.add(deploymentId);
    this.#context.listener.logActive({ kind: 'build', instanceId: desired.instanceId, deploymentId }, secrets);
  }

  #hand({ desired }: InstanceRecord, one: BuildJob, report: BuildReport): void {
    const { listener, builds } = this.#context;
    const { instanceId } = desired;
    const { deploymentId } = one;
    // Its Job has to go before the same deployment can be built again; the log goes on with the next one.
    const isRepeated = report.outcome.state === 'address-expired' || report.outcome.state === 'again';
    const stream = { kind: 'build', instanceId, deploymentId } as const;
    if (isRepeated) listener.logReleased(stream);
    const handed = isRepeated ? Promise.resolve() : listener.logEnded(stream);
    this.#track(
      one,
      handed.then(() => builds.finish(deploymentId)),
    );
  }

  #isHanded({ deploymentId, uid }: BuildJob): boolean {
    return this.#ending.has(deploymentId) || this.#handed.has(uid);
  }

  #track({ deploymentId, uid }: BuildJob, work: Promise<void>): void {
    this.#handed.add(uid);
    const done = work
      .catch((error: unknown) => {
        this.#context.logger.warn({ err: error, deploymentId }, 'Failed to end a build');
      })
      .finally(() => {
        this.#ending.delete(deploymentId);
        this.#announced.delete(deploymentId);
      });
    this.#ending.set(deploymentId, done);
  }

  #isCancelling(record: InstanceRecord): boolean {
    return (
      record.progress !== null && this.#ending.has(record.progress.deploymentId) && !isFinal(record.progress.status)
    );
  }

  #jobs({ desired }: InstanceRecord): BuildJob[] {
    return this.#context.caches.jobsOf(desired.instanceId).flatMap((job) => {
      const deploymentId = DeploymentIds.safeParse(job.metadata?.labels?.[label.deployment]);
      if (!deploymentId.success) return [];
      const isDone =
        job.status?.conditions?.some(({ type, status }) => endTypes.has(type) && status === 'True') ?? false;
      const isDeleting = job.metadata?.deletionTimestamp !== undefined;
      return [{ job, uid: job.metadata?.uid ?? '', deploymentId: deploymentId.data, isDeleting, isDone }];
    });
  }
}

const endTypes = new Set(['Complete', 'Failed']);

interface BuildJob {
  readonly job: Job;
  readonly uid: string;
  readonly deploymentId: DeploymentId;
  readonly isDeleting: boolean;
  readonly isDone: boolean;
}

const isOver = ({ outcome }: BuildReport): boolean => outcome.state !== 'queued' && outcome.state !== 'running';

function withMaskedReason(report: BuildReport, secrets: Secret<readonly string[]>): BuildReport {
  const { outcome } = report;
  if (outcome.state !== 'failed') return report;
  return { ...report, outcome: { ...outcome, reason: maskedReason(outcome.reason, secrets) } };
}
