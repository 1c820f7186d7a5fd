import type { KubernetesClient } from './client/kubernetes-client.ts';
import {
  limitRanges,
  namespaces as namespaceKind,
  networkPolicies,
  resourceQuotas,
  secrets,
} from './client/resource-kinds.ts';
import {
  instancesPerShard,
  pullSecretOf,
  shardLimitRangeOf,
  shardNamespaceOf,
  shardNetworkPolicyOf,
  shardQuotaOf,
  transfersNetworkPolicyOf,
} from './manifests/shard.ts';
import type { Namespaces } from './names.ts';
import type { BotSettings } from './options.ts';

/** Pure: the first shard with room, given how many instances each has. */
export function shardWithRoom(namespaces: Namespaces, counts: ReadonlyMap<string, number>): string {
  for (let number = 0; ; number++) {
    const name = namespaces.shard(number);
    if ((counts.get(name) ?? 0) < instancesPerShard) return name;
  }
}

/** The namespaces that bots run in, made when first needed. */
export class Shards {
  readonly #client: KubernetesClient;
  readonly #bots: BotSettings;
  readonly #dockerConfigJson: string;
  readonly #made = new Map<string, Promise<void>>();

  constructor(options: { client: KubernetesClient; bots: BotSettings; dockerConfigJson: string }) {
    this.#client = options.client;
    this.#bots = options.bots;
    this.#dockerConfigJson = options.dockerConfigJson;
  }

  /** Resolves once everything that guards the namespace is there. */
  ensure(name: string): Promise<void> {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const making = this.#make(name);
    this.#made.set(name, making);
    making.catch(() => this.#made.delete(name));
    return making;
  }

  async #make(name: string): Promise<void> {
    const client = this.#client;
    await client.apply(namespaceKind, shardNamespaceOf(name));
    await Promise.all([
      client.apply(networkPolicies, shardNetworkPolicyOf(name, this.#bots)),
      client.apply(networkPolicies, transfersNetworkPolicyOf(name, this.#bots)),
      client.apply(resourceQuotas, shardQuotaOf(name)),
      client.apply(limitRanges, shardLimitRangeOf(name)),
      client.apply(secrets, pullSecretOf(name, this.#dockerConfigJson)),
    ]);
  }
}
