import { setTimeout as delay } from 'node:timers/promises';
import type { DeploymentId } from '@zarpa/contracts';
import type { Pod } from 'kubernetes-types/core/v1';
import type { SourceOutcome } from '../../../builder/source-outcome.ts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { BuildFollower } from './build-follower.ts';
import { buildContainer, sourceContainer } from './build-names.ts';
import { hasBegun, hasPrintedAll } from './build-pod.ts';
import { containerLines } from './container-log.ts';
import { ProgressReader } from './progress.ts';
import { terminatedOf } from './read-build.ts';
import { parseOutcome } from './source-output.ts';

interface Watched {
  readonly podUid: string;
  source: SourceOutcome | null;
  follower: BuildFollower | null;
}

/** Longest wait for the rest of an ended pod's log. */
const logPatienceMs = 15_000;

/** What builds have printed so far, kept while they are asked about. */
export class BuildWatch {
  readonly #client: KubernetesClient;
  readonly #namespace: string;
  readonly #watched = new Map<DeploymentId, Watched>();

  constructor(options: { client: KubernetesClient; namespace: string }) {
    this.#client = options.client;
    this.#namespace = options.namespace;
  }

  /** Beyond what a pod's status says. Where all has been printed, all of it has been read. */
  async look(
    deploymentId: DeploymentId,
    pod: Pod | null,
    onChange: () => void,
  ): Promise<{ source: SourceOutcome | null; progress: ProgressReader }> {
    if (pod === null) return { source: null, progress: new ProgressReader({ installCommand: null }) };
    const watched = this.#of(deploymentId, pod.metadata?.uid ?? '');
    watched.source ??= await this.#sourceOutcome(pod);
    const { source } = watched;
    if (hasBegun(pod, buildContainer)) {
      watched.follower ??= new BuildFollower({
        client: this.#client,
        namespace: this.#namespace,
        pod: { name: pod.metadata?.name ?? '', uid: watched.podUid },
        deploymentId,
        installCommand: source?.outcome === 'planned' ? source.buildPlan.installCommand : null,
        onChange,
      });
    }
    if (hasPrintedAll(pod)) {
      await Promise.race([watched.follower?.done, delay(logPatienceMs, undefined, { ref: false })]);
    }
    return { source, progress: watched.follower?.progress ?? new ProgressReader({ installCommand: null }) };
  }

  forget(deploymentId: DeploymentId): void {
    this.#watched.get(deploymentId)?.follower?.close();
    this.#watched.delete(deploymentId);
  }

  async close(): Promise<void> {
    const followers = [...this.#watched.values()].flatMap(({ follower }) => follower ?? []);
    this.#watched.clear();
    for (const follower of followers) follower.close();
    await Promise.all(followers.map(({ done }) => done));
  }

  #of(deploymentId: DeploymentId, podUid: string): Watched {
    const known = this.#watched.get(deploymentId);
    if (known?.podUid === podUid) return known;
    this.forget(deploymentId);
    const watched = { podUid, source: null, follower: null };
    this.#watched.set(deploymentId, watched);
    return watched;
  }

  /** Where it is too long for a termination message, it is the log's last line. */
  async #sourceOutcome(pod: Pod): Promise<SourceOutcome | null> {
    const end = terminatedOf(pod, sourceContainer);
    if (end === null) return null;
    const told = parseOutcome(end.message);
    if (told !== null) return told;
    const log = containerLines({
      client: this.#client,
      namespace: this.#namespace,
      pod: pod.metadata?.name ?? '',
      container: sourceContainer,
      follow: false,
      signal: new AbortController().signal,
    });
    let outcome: SourceOutcome | null = null;
    for await (const lines of log) {
      for (const { text } of lines) outcome = parseOutcome(text) ?? outcome;
    }
    return outcome;
  }
}
