import { Secret } from '@zarpa/env';
import type { CrashPolicy } from '../../instance/crash-policy.ts';
import type { KubernetesEngineOptions } from '../kubernetes-engine.ts';
import type { KubernetesTimings } from '../options.ts';

type Given = 'kubeconfig' | 'namespacePrefix' | 'bots' | 'builds' | 'transfers' | 'leaseMs';
type EngineOptions = Pick<KubernetesEngineOptions, Given> & {
  readonly timings: Partial<KubernetesTimings>;
  readonly crashPolicy: Partial<CrashPolicy>;
};

export interface HostOptions {
  readonly workerId: string;
  /** Base64. */
  readonly key: string;
  readonly redisUrl: string;
  readonly keyPrefix: string;
  readonly logLevel: 'warn' | 'info' | 'debug';
  /** A secret is not sent along: it is given apart. */
  readonly engine: EngineOptions;
  readonly registryPassword: string;
}

/** The reverse of `JSON.stringify`, with the password where the engine wants it. */
export function readHostOptions(text: string): HostOptions {
  const options = JSON.parse(text) as HostOptions;
  const { builds } = options.engine;
  const registry = { ...builds.registry, password: new Secret(options.registryPassword) };
  return { ...options, engine: { ...options.engine, builds: { ...builds, registry } } };
}
