import { EventEmitter, once } from 'node:events';
import type { ContainerRun, LoggedPod, LogNotice, PodRuns } from '../pod-runs.ts';

export class FakePodRuns implements PodRuns {
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #notices: LogNotice[] = [];
  #pods: LoggedPod[] = [];
  #over = false;

  pods(): readonly LoggedPod[] {
    return this.#pods;
  }

  notices(): readonly LogNotice[] {
    return this.#notices;
  }

  over(): boolean {
    return this.#over;
  }

  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#changes, 'change', { signal }).catch(() => undefined);
  }

  /** The pod's runs are these from now on. */
  set(uid: string, runs: readonly ContainerRun[], over = false, namespace = 'n'): void {
    this.#put({ uid, namespace, name: uid, container: 'bot', deploymentId: 'dep_1', runs, stopping: over, over });
  }

  /** The pod is being deleted; of its containers nothing is told before all have ended. */
  stop(uid: string): void {
    const pod = this.#pods.find((known) => known.uid === uid);
    if (pod !== undefined) this.#put({ ...pod, stopping: true });
  }

  #put(pod: LoggedPod): void {
    const { uid } = pod;
    const isKnown = this.#pods.some((known) => known.uid === uid);
    this.#pods = isKnown ? this.#pods.map((known) => (known.uid === uid ? pod : known)) : [...this.#pods, pod];
    this.#changes.emit('change');
  }

  remove(uid: string): void {
    this.#pods = this.#pods.filter((pod) => pod.uid !== uid);
    this.#changes.emit('change');
  }

  notice(notice: LogNotice): void {
    this.#notices.push(notice);
    this.#changes.emit('change');
  }

  finish(): void {
    this.#over = true;
    this.#changes.emit('change');
  }
}
