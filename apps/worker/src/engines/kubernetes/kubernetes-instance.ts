import { isDeepStrictEqual } from 'node:util';
import { isFinal } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { targetVersion, versionChanged } from '../instance/kept.ts';
import { ended, stepDone, stepsSkipped, succeededWithoutStart } from '../instance/progress.ts';
import { secretValues } from '../instance/secret-values.ts';
import type { KubernetesContext } from './context.ts';
import { InstanceBuild } from './instance-build.ts';
import { InstanceObjects, statefulSetMatches } from './instance-objects.ts';
import type { InstanceRunLog } from './instance-run-log.ts';
import { type Action, type Facts, plan } from './plan.ts';
import { followPod, stableAt } from './pods/follow-pod.ts';
import { type PodFacts, readPod } from './pods/pod-facts.ts';
import { type InstanceRecord, type Notice, withNotice } from './record/record.ts';
import type { RecordKeeper } from './record/record-keeper.ts';
import { InstanceTransfer } from './transfers/instance-transfer.ts';
import { transferRetryAt } from './transfers/plan-transfer.ts';
import { limitChanged, restartedForUpgrade } from './upgrade-notices.ts';

type EndedAs = Extract<Action, { kind: 'end-deployment' }>['as'];

const maxSteps = 50;
/** After an action the cache tells what came of it; in case it does not, this is when to look. */
const lookAgainMs = 2_000;

/** One instance that this worker owns: looks, plans, acts, until there is nothing to do. */
export class KubernetesInstance {
  readonly keeper: RecordKeeper;
  readonly #context: KubernetesContext;
  readonly #objects: InstanceObjects;
  readonly #build: InstanceBuild;
  readonly #transfer: InstanceTransfer;
  readonly #log: InstanceRunLog;
  #secrets = new Secret<readonly string[]>([]);
  #secretsOf: unknown = null;
  #forgets = false;
  #warnedOfPod = '';
  #overSince: { readonly uid: string; readonly at: number } | null = null;

  constructor(options: { context: KubernetesContext; keeper: RecordKeeper; log: InstanceRunLog }) {
    this.keeper = options.keeper;
    this.#context = options.context;
    this.#log = options.log;
    this.#objects = new InstanceObjects(options.context);
    this.#build = new InstanceBuild(options);
    this.#transfer = new InstanceTransfer(options);
  }

  /**
   * Brings the instance on as far as it goes now. Answers in how many milliseconds to look again though nothing is heard; null: not at all. With
   * `held` every instance looks as if it were paused.
   */
  async pass(options: { held: boolean }): Promise<number | null> {
    for (let step = 0; step < maxSteps; step++) {
      const { record } = this.keeper;
      if (record === null) return null;
      this.#tellSecrets(record);
      const pod = this.#pod(record);
      if (await this.#follow(record, pod)) continue;
      if (!options.held && (await this.#build.follow(record, this.#secrets))) continue;
      const view = options.held ? heldView(record) : record;
      const action = plan(view, this.#facts(view, pod));
      if (action.kind === 'wait') return this.#nextLook(record, pod);
      const again = await this.#apply(view, action);
      if (again !== 'now') return again;
    }
    return lookAgainMs;
  }

  #facts(record: InstanceRecord, pod: PodFacts | null): Facts {
    const live = this.#objects.live(record);
    const wanted = this.#objects.wanted(record);
    const matches = live !== null && wanted !== null && statefulSetMatches(live, wanted);
    return {
      build: this.#build.state(record),
      pod,
      statefulSet: live === null ? 'absent' : matches ? 'matches' : 'differs',
      wantedRun: this.#objects.wantedRun(record),
      ...this.#transfer.facts(record),
      stray: this.#objects.stray(record),
      sourceReachable: this.#build.isSourceReachable(record) || record.desired.deployment?.artifact != null,
      canResize: this.#context.abilities.podResize,
      logRead: this.#isLogRead(pod),
      logCaughtUp: pod !== null && this.#log.isCaughtUp(pod.uid),
    };
  }

  /** `now`: look at once. A number: look after so many milliseconds, unless something is heard before. */
  async #apply(record: InstanceRecord, action: Exclude<Action, { kind: 'wait' }>): Promise<'now' | number | null> {
    switch (action.kind) {
      case 'start-build':
        return await this.#startBuild(record);
      case 'cancel-build':
        await this.#build.cancel(record);
        return lookAgainMs;
      case 'end-deployment':
        await this.#endDeployment(record, action.as);
        return 'now';
      case 'adopt-version':
        this.#forgets = true;
        await this.keeper.commit((kept) =>
          targetVersion(kept)?.deploymentId === action.version.deploymentId
            ? versionChanged(kept, action.version)
            : null,
        );
        return 'now';
      case 'apply':
        await this.#objects.apply(record);
        return lookAgainMs;
      case 'replace-pod':
        if (action.because === 'not-resizable') await this.#say(restartedForUpgrade(record));
        await this.#objects.deletePod(record, action.uid);
        return lookAgainMs;
      case 'resize-pod':
        if (await this.#objects.resizePod(record)) await this.#say(limitChanged(record));
        return lookAgainMs;
      case 'end-log-keeper':
        await this.#objects.endLogKeeper(record, action.stray ?? this.#objects.ownPod(record, action.uid));
        return lookAgainMs;
      case 'release-pod':
        await this.#objects.releasePod(record, action.uid);
        return lookAgainMs;
      case 'release-stray':
        await this.#objects.release(record, action.stray);
        return lookAgainMs;
      case 'purge':
        await this.#purge(record);
        return null;
      default:
        return await this.#transfer.apply(record, action);
    }
  }

  async #follow(record: InstanceRecord, pod: PodFacts | null): Promise<boolean> {
    const { policy, timings } = this.#context;
    const options = { policy, stableAfterMs: timings.stableAfterMs, now: Date.now() };
    const moved = await this.keeper.commit((kept) => followPod(kept, pod, options) ?? this.#firstLineOverdue(kept));
    if (!moved) return false;
    this.#log.notify();
    if (this.#forgets && this.keeper.record?.run?.stable && pod?.run === this.#objects.wantedRun(record)) {
      this.#forgets = false;
      await this.#objects.forgetEnvironments(record);
      await this.#build.sweepImages(record);
    }
    return true;
  }

  /** A new version printed its first line. */
  async firstLine(podUid: string): Promise<void> {
    await this.keeper.commit(({ progress, run }) => {
      const waits = progress?.steps.some(
        ({ name, status }) => name === 'first_line' && (status === 'running' || status === 'waiting'),
      );
      if (progress === null || !waits || run?.podUid !== podUid || progress.deploymentId !== run.deploymentId)
        return null;
      return { progress: stepDone(progress, 'first_line', Date.now()) };
    });
  }

  #firstLineOverdue({ progress, run }: InstanceRecord): Partial<InstanceRecord> | null {
    const step = progress?.steps.find(({ name }) => name === 'first_line');
    if (progress === null || step?.status !== 'running' || run?.startedAt == null) return null;
    if (run.deploymentId !== progress.deploymentId) return null;
    const now = Date.now();
    return now < run.startedAt + this.#context.timings.firstLineWaitMs
      ? null
      : { progress: stepsSkipped(progress, ['first_line'], now) };
  }

  async #startBuild(record: InstanceRecord): Promise<'now' | number> {
    const before = this.keeper.record?.revision;
    const again = await this.#build.start(record, this.#secrets);
    return this.keeper.record?.revision === before ? (again ?? lookAgainMs) : 'now';
  }

  /** As planned from `record`, unless a newer command wants otherwise meanwhile. */
  async #endDeployment({ desired, progress: planned }: InstanceRecord, as: EndedAs): Promise<void> {
    await this.keeper.commit(({ progress, desired: { generation } }) => {
      if (progress === null || isFinal(progress.status) || generation !== desired.generation) return null;
      const now = Date.now();
      if (as === 'succeeded-without-start') return { progress: succeededWithoutStart(progress, now) };
      return { progress: ended(progress, 'cancelled', { code: 'instance_deleted', params: {} }, now) };
    });
    if (as === 'cancelled' && planned !== null) await this.#build.leaveQueue(planned.deploymentId);
  }

  async #purge(record: InstanceRecord): Promise<void> {
    await this.#objects.purge(record);
    await this.#context.builds.removeImages(record.desired.instanceId);
    if (!(await this.keeper.bury())) return;
    void this.#context.listener.logEnded({ kind: 'run', instanceId: record.desired.instanceId });
  }

  async #say(notice: Notice | null): Promise<void> {
    if (notice === null) return;
    await this.keeper.commit((record) => ({ notices: withNotice(record, notice) }));
    this.#log.notify();
  }

  #pod({ shard, desired }: InstanceRecord): PodFacts | null {
    const pod = this.#context.caches.pod(shard, desired.instanceId);
    const facts = pod === null ? null : readPod(pod);
    if (facts?.logKeeperProblem && this.#warnedOfPod !== facts.uid) {
      this.#warnedOfPod = facts.uid;
      const { instanceId } = desired;
      this.#context.logger.warn({ instanceId, reason: facts.logKeeperProblem }, 'A bot runs without its log keeper');
    }
    return facts;
  }

  /** Also where nobody reads it within a time: a bot is not kept from starting by its log. */
  #isLogRead(pod: PodFacts | null): boolean {
    if (pod === null || !pod.over) return false;
    if (this.#overSince?.uid !== pod.uid) this.#overSince = { uid: pod.uid, at: Date.now() };
    return this.#log.isRead(pod.uid) || Date.now() - this.#overSince.at >= this.#context.timings.logPatienceMs;
  }

  #nextLook(record: InstanceRecord, pod: PodFacts | null): number | null {
    const { stableAfterMs, firstLineWaitMs, logPatienceMs } = this.#context.timings;
    const waitsForLine = record.progress?.steps.some(
      ({ name, status }) => name === 'first_line' && status === 'running',
    );
    const times = [
      stableAt(record, stableAfterMs),
      waitsForLine && record.run?.startedAt != null ? record.run.startedAt + firstLineWaitMs : null,
      transferRetryAt(record, Date.now()),
      pod?.over && pod.heldForLog && this.#overSince !== null ? this.#overSince.at + logPatienceMs : null,
    ].filter((at) => at !== null);
    return times.length === 0 ? null : Math.max(10, Math.min(...times) - Date.now());
  }

  /** Of the version that runs, of the one that will, and of earlier ones, as long as their keys are kept. */
  #tellSecrets(record: InstanceRecord): void {
    const { current, desired, formerEnvironments } = record;
    const versions = [current, desired.deployment, ...formerEnvironments].filter((version) => version !== null);
    const ids = versions.map(({ deploymentId }) => deploymentId);
    if (isDeepStrictEqual(ids, this.#secretsOf)) return;
    this.#secretsOf = ids;
    const { openEnvironment, logger, listener } = this.#context;
    const opened = versions.map(({ deploymentId, environment }) => {
      try {
        return openEnvironment(deploymentId, environment).reveal();
      } catch (error) {
        logger.warn({ err: error, deploymentId }, 'Could not open the variables of a deployment');
        return {};
      }
    });
    this.#secrets = secretValues(opened);
    listener.logActive({ kind: 'run', instanceId: record.desired.instanceId }, this.#secrets);
  }
}

/** While the engine closes with its bots, every instance looks as if it were paused. */
const heldView = (record: InstanceRecord): InstanceRecord => ({
  ...record,
  progress: null,
  desired: { ...record.desired, state: 'paused' },
});
