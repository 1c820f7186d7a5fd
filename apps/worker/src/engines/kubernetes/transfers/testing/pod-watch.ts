import type { InstanceId } from '@zarpa/contracts';
import type { Pod } from 'kubernetes-types/core/v1';
import { Reflector } from '../../cache/reflector.ts';
import type { KubernetesClient } from '../../client/kubernetes-client.ts';
import { pods } from '../../client/resource-kinds.ts';
import { quiet } from '../../client/testing/cluster.ts';
import { label } from '../../names.ts';

/** Sees every pod of one instance come and go, wherever it is. */
export class PodWatch {
  /** Pods that existed beside another one, as `namespace/name` pairs. */
  readonly overlaps: string[] = [];
  /** All that there ever were. */
  readonly seen = new Map<string, Pod>();
  readonly #there = new Set<string>();
  readonly #reflector: Reflector<Pod>;

  private constructor(client: KubernetesClient, instanceId: InstanceId) {
    this.#reflector = new Reflector<Pod>({
      client,
      kind: pods,
      labelSelector: `${label.instance}=${instanceId},${label.part} in (bot,transfer)`,
      logger: quiet,
      onChange: (key, pod) => this.#see(key, pod),
    });
  }

  static async start(client: KubernetesClient, instanceId: InstanceId): Promise<PodWatch> {
    const watch = new PodWatch(client, instanceId);
    await watch.#reflector.synced;
    return watch;
  }

  /** The parts that there are now. */
  get parts(): string[] {
    return [...this.#there].map((key) => this.seen.get(key)?.metadata?.labels?.[label.part] ?? '');
  }

  /** The namespaces that pods of this part have been in. */
  places(part: string): string[] {
    const own = [...this.seen.values()].filter(({ metadata }) => metadata?.labels?.[label.part] === part);
    return [...new Set(own.map(({ metadata }) => metadata?.namespace ?? ''))].sort();
  }

  stop(): void {
    this.#reflector.stop();
  }

  #see(key: string, pod: Pod | null): void {
    if (pod === null) {
      this.#there.delete(key);
      return;
    }
    this.seen.set(key, pod);
    this.#there.add(key);
    if (this.#there.size > 1) this.overlaps.push([...this.#there].join(' and '));
  }
}
