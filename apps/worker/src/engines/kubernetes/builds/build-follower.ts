import { setTimeout as delay } from 'node:timers/promises';
import type { DeploymentId } from '@zarpa/contracts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { buildContainer } from './build-names.ts';
import { findBuild, hasPrintedAll } from './build-pod.ts';
import { largestOutputBytes } from './classify-build.ts';
import { containerLines } from './container-log.ts';
import { ProgressReader } from './progress.ts';

const pauseMs = 300;

/** Reads BuildKit's progress of one pod as it is printed, and tells when a step begins. */
export class BuildFollower {
  readonly podUid: string;
  /** Resolves when all has been read that ever will be. */
  readonly done: Promise<void>;
  readonly #abort = new AbortController();
  readonly #installCommand: string | null;
  #progress: ProgressReader;

  constructor(options: {
    client: KubernetesClient;
    namespace: string;
    pod: { readonly name: string; readonly uid: string };
    deploymentId: DeploymentId;
    installCommand: string | null;
    onChange: () => void;
  }) {
    this.podUid = options.pod.uid;
    this.#installCommand = options.installCommand;
    this.#progress = new ProgressReader({ installCommand: options.installCommand });
    this.done = this.#run(options);
  }

  get progress(): ProgressReader {
    return this.#progress;
  }

  close(): void {
    this.#abort.abort();
  }

  async #run(options: ConstructorParameters<typeof BuildFollower>[0]): Promise<void> {
    const { client, namespace, deploymentId, onChange } = options;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const complete = await this.#read(options);
      const found = await findBuild(client, namespace, deploymentId).catch(() => undefined);
      const hasEnded = found === null || (found !== undefined && hasPrintedAll(found.pod));
      if (hasEnded && (complete || found === null || found?.pod?.metadata?.uid === this.podUid)) break;
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    onChange();
  }

  /** From the beginning, never rejecting. False where the log could not be read to its end. */
  async #read({ client, namespace, pod, onChange }: ConstructorParameters<typeof BuildFollower>[0]): Promise<boolean> {
    const progress = new ProgressReader({ installCommand: this.#installCommand });
    const { signal } = this.#abort;
    try {
      const log = containerLines({ client, namespace, pod: pod.name, container: buildContainer, follow: true, signal });
      for await (const lines of log) {
        const before = stageOf(progress);
        for (const line of lines) progress.push(line.text, line.at);
        this.#progress = progress;
        if (stageOf(progress) !== before) onChange();
      }
      return true;
    } catch {
      return false;
    }
  }
}

const stageOf = (progress: ProgressReader): string =>
  [progress.buildStartedAt !== null, progress.publishStartedAt !== null, progress.bytes > largestOutputBytes].join();
