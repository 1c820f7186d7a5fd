import type { EgressDestination } from '../builds/build-settings.ts';

/** How the data of instances that move are carried. */
export interface TransferSettings {
  /** Has `node` of the worker's major version. */
  readonly image: string;
  /** Certificate authorities of the API, beside the usual ones. */
  readonly caPem: string | null;
  /** Where pods find the API, besides the addresses that its name has for the worker. */
  readonly egress: readonly EgressDestination[];
}
