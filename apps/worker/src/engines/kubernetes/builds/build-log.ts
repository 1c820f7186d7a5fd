import { setTimeout as delay } from 'node:timers/promises';
import type { DeploymentId } from '@zarpa/contracts';
import type { Pod } from 'kubernetes-types/core/v1';
import type { SourceOutcome } from '../../../builder/source-outcome.ts';
import type { LogPosition, LogSource, RawLogRecord } from '../../log-source.ts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { KubernetesError } from '../client/kubernetes-error.ts';
import { isAfter, type LogTime, placeAfter, successorOf } from '../logs/positions.ts';
import { buildContainer, sourceContainer } from './build-names.ts';
import { type BuildObjects, findBuild, hasBegun, hasPrintedAll, podHasEnded } from './build-pod.ts';
import type { BuildSettings } from './build-settings.ts';
import { type ContainerLine, containerLines } from './container-log.ts';
import { notice, type OutputRecord, ProgressReader } from './progress.ts';
import { readBuild } from './read-build.ts';
import { readSourceLine } from './source-output.ts';

type ReadOptions = Parameters<LogSource['read']>[0];

const lookMs = 250;

/**
 * A build's log, made from what its containers printed. Always read from the beginning, as what a line means depends on those before it: so the
 * same record has the same position each time.
 */
export class BuildLog implements LogSource {
  readonly #client: KubernetesClient;
  readonly #namespace: string;
  readonly #settings: BuildSettings;
  readonly #deploymentId: DeploymentId;

  constructor(options: {
    client: KubernetesClient;
    namespace: string;
    settings: BuildSettings;
    deploymentId: DeploymentId;
  }) {
    this.#client = options.client;
    this.#namespace = options.namespace;
    this.#settings = options.settings;
    this.#deploymentId = options.deploymentId;
  }

  async *read({ after, follow, signal = new AbortController().signal }: ReadOptions): AsyncGenerator<RawLogRecord[]> {
    let last = after;
    while (!signal.aborted) {
      const reading = new Reading(this.#settings);
      const end = yield* this.#pass(reading, follow, signal, (records) => {
        const fresh = records.filter(({ position }) => isAfter(position, last));
        last = fresh.at(-1)?.position ?? last;
        return fresh;
      });
      if (end === 'over' || !follow) return;
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async tailPosition(lines: number): Promise<LogPosition | null> {
    const positions: LogPosition[] = [];
    for await (const records of this.read({ after: null, follow: false })) {
      positions.push(...records.map(({ position }) => position));
    }
    return positions.at(-lines - 1) ?? null;
  }

  /** One reading from the beginning, for as long as nothing breaks. */
  async *#pass(
    reading: Reading,
    follow: boolean,
    signal: AbortSignal,
    freshOf: (records: RawLogRecord[]) => RawLogRecord[],
  ): AsyncGenerator<RawLogRecord[], 'over' | 'again'> {
    for (const container of [sourceContainer, buildContainer]) {
      const found = await this.#until(follow, signal, ({ pod }) => hasBegun(pod, container) || podHasEnded(pod));
      if (found === null) return 'over';
      if (!hasBegun(found.pod, container)) continue;
      const pod = found.pod?.metadata?.name ?? '';
      try {
        for await (const lines of containerLines({
          client: this.#client,
          namespace: this.#namespace,
          pod,
          container,
          follow,
          signal,
        })) {
          const records = freshOf(lines.flatMap((line) => reading.push(container, line)));
          if (records.length > 0) yield records;
        }
      } catch (error) {
        if (!(error instanceof KubernetesError)) throw error;
        if (!podHasEnded(found.pod)) return 'again';
      }
    }
    const ended = await this.#until(follow, signal, ({ pod }) => hasPrintedAll(pod));
    if (ended === null || !hasPrintedAll(ended.pod)) return 'over';
    const closing = freshOf(reading.end(ended));
    if (closing.length > 0) yield closing;
    return 'over';
  }

  /** Whoever follows waits for an API server that is away. */
  async #find(follow: boolean): Promise<BuildObjects | null | 'unknown'> {
    try {
      return await findBuild(this.#client, this.#namespace, this.#deploymentId);
    } catch (error) {
      if (follow && error instanceof KubernetesError) return 'unknown';
      throw error;
    }
  }

  /** The build's objects once they are so; without `follow` as they are. Null: gone, or not wanted any more. */
  async #until(
    follow: boolean,
    signal: AbortSignal,
    condition: (found: BuildObjects) => boolean,
  ): Promise<BuildObjects | null> {
    while (!signal.aborted) {
      const found = await this.#find(follow);
      if (found === null || (found !== 'unknown' && (condition(found) || !follow))) return found;
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
    }
    return null;
  }
}

/** What one reading has learned so far. */
class Reading {
  readonly #settings: BuildSettings;
  #last: LogPosition | null = null;
  #source: SourceOutcome | null = null;
  #progress: ProgressReader | null = null;

  constructor(settings: BuildSettings) {
    this.#settings = settings;
  }

  push(container: string, line: ContainerLine): RawLogRecord[] {
    return this.#records(container, line).map((record) => ({ ...record, position: this.#place(line) }));
  }

  end({ job, pod }: { job: BuildObjects['job']; pod: Pod | null }): RawLogRecord[] {
    const { outcome } = readBuild({
      job,
      pod,
      source: this.#source,
      progress: this.#reader(),
      settings: this.#settings,
    });
    const position = this.#last === null ? { epoch: 0, offset: 1 } : successorOf(this.#last);
    const at = position.epoch;
    if (outcome.state === 'pushed') return [{ ...notice('build_succeeded', 'Built.', {}, at), position }];
    if (outcome.state !== 'failed') return [];
    const { code } = outcome.reason;
    return [{ ...notice('build_failed', `The build failed: ${code}`, { reason: code }, at), position }];
  }

  #place(time: LogTime): LogPosition {
    this.#last = placeAfter(this.#last, time);
    return this.#last;
  }

  #records(container: string, line: { at: number; text: string }): OutputRecord[] {
    if (container === buildContainer) return this.#reader().push(line.text, line.at);
    const { record, outcome } = readSourceLine(line.text, line.at);
    this.#source = outcome ?? this.#source;
    return record === null ? [] : [record];
  }

  #reader(): ProgressReader {
    const plan = this.#source?.outcome === 'planned' ? this.#source.buildPlan : null;
    this.#progress ??= new ProgressReader({ installCommand: plan?.installCommand ?? null });
    return this.#progress;
  }
}
