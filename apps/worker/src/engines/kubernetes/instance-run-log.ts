import type { Logger } from '@zarpa/observability';
import type { Pod } from 'kubernetes-types/core/v1';
import type { LogSource } from '../log-source.ts';
import type { KubernetesClient } from './client/kubernetes-client.ts';
import { PodLogSource } from './logs/pod-log-source.ts';
import type { LoggedPod, LogNotice, PodRuns } from './logs/pod-runs.ts';
import { loggedPodOf } from './pods/pod-runs.ts';
import type { InstanceRecord } from './record/record.ts';

export interface InstanceRunLogOptions {
  readonly client: KubernetesClient;
  /** Null once the instance is purged. */
  readonly recordOf: () => InstanceRecord | null;
  readonly podOf: (shard: string) => Pod | null;
  readonly logger: Logger;
  /** The log of a pod that is being deleted has been read: it may go. */
  readonly onRead: () => void;
}

/** The run log of one instance, and how far its follower has come. */
export class InstanceRunLog implements PodRuns {
  readonly source: LogSource;
  /** A pod has printed its first line. */
  onFirstLine: (podUid: string) => void = () => undefined;
  readonly #options: InstanceRunLogOptions;
  readonly #waiting = new Set<() => void>();
  #readUid: string | null = null;
  #caughtUpUid: string | null = null;

  constructor(options: InstanceRunLogOptions) {
    this.#options = options;
    this.source = new PodLogSource({
      client: options.client,
      runs: this,
      logger: options.logger,
      listener: {
        onFirstLine: (runId) => this.onFirstLine(runId.split('/')[0] ?? ''),
        onCaughtUp: (podUid) => {
          this.#caughtUpUid = podUid;
          options.onRead();
        },
        onDrained: (podUid) => {
          this.#readUid = podUid;
          options.onRead();
        },
      },
    });
  }

  /** Everything that this pod wrote is with the follower for good. */
  isRead(podUid: string): boolean {
    return this.#readUid === podUid;
  }

  /** All that there is to read of this pod, which is being deleted, is with the follower. */
  isCaughtUp(podUid: string): boolean {
    return this.#caughtUpUid === podUid;
  }

  /** The pod, or what the record says of it, is another. */
  notify(): void {
    for (const tell of [...this.#waiting]) tell();
  }

  pods(): LoggedPod[] {
    const record = this.#options.recordOf();
    const pod = record === null ? null : this.#options.podOf(record.shard);
    const logged = record === null || pod === null ? null : loggedPodOf(pod, record);
    return logged === null ? [] : [logged];
  }

  notices(): readonly LogNotice[] {
    return this.#options.recordOf()?.notices ?? [];
  }

  over(): boolean {
    return this.#options.recordOf() === null;
  }

  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const tell = () => {
        this.#waiting.delete(tell);
        signal.removeEventListener('abort', tell);
        resolve();
      };
      if (signal.aborted) return resolve();
      this.#waiting.add(tell);
      signal.addEventListener('abort', tell);
    });
  }
}
