import type { Logger } from '@zarpa/observability';
import type { OpenEnvironment } from '../../environment/open-environment.ts';
import type { EngineListener } from '../engine.ts';
import type { CrashPolicy } from '../instance/crash-policy.ts';
import type { BuildRunner } from './builds/build-runner.ts';
import type { KubernetesClient } from './client/kubernetes-client.ts';
import type { ClusterCaches } from './cluster-caches.ts';
import type { Abilities, BotSettings, KubernetesTimings } from './options.ts';
import type { RecordStore } from './record/record-store.ts';
import type { Shards } from './shards.ts';
import type { TransferSettings } from './transfers/transfer-settings.ts';

/** What all instances of an engine share. */
export interface KubernetesContext {
  readonly client: KubernetesClient;
  readonly store: RecordStore;
  readonly caches: ClusterCaches;
  readonly builds: BuildRunner;
  readonly shards: Shards;
  readonly abilities: Abilities;
  readonly bots: BotSettings;
  readonly transfers: TransferSettings;
  readonly listener: EngineListener;
  readonly openEnvironment: OpenEnvironment;
  readonly policy: CrashPolicy;
  readonly timings: KubernetesTimings;
  readonly logger: Logger;
}
