import type { Secret } from '@zarpa/env';

/** A destination that builds or transfers may reach though it lies in a private range. */
export type EgressDestination = EgressAddresses | EgressPods;

interface EgressAddresses {
  readonly cidr: string;
  /** Null: every port. */
  readonly port: number | null;
}

/** Pods of the cluster, whatever addresses they get. */
export interface EgressPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number | null;
}

export interface RegistrySettings {
  /** `registry.example.com` or `10.0.0.5:5000`. */
  readonly host: string;
  /** Images are `<host>/<path>/<instance>`; without slashes at its ends. */
  readonly path: string;
  readonly username: string | null;
  readonly password: Secret<string> | null;
  /** Speaks plain HTTP. */
  readonly insecure: boolean;
}

export interface BuildLimits {
  readonly cpuMillis: number;
  readonly memoryMb: number;
  /** Of everything that a build writes, on its node's disk. */
  readonly storageMb: number;
  readonly deadlineMs: number;
  /** Builds of one owner at a time. */
  readonly perOwner: number;
  /** Builds on this cluster at a time. */
  readonly perCluster: number;
}

export interface BuildSettings {
  readonly namespacePrefix: string;
  readonly registry: RegistrySettings;
  /** Stands in for Docker Hub. */
  readonly mirror: { readonly host: string; readonly insecure: boolean } | null;
  /** Certificate authorities of the registry, the mirror and the archives' server, beside the usual ones. */
  readonly caPem: string | null;
  /** Has `node` of the worker's major version. */
  readonly sourceImage: string;
  /** Has `buildkitd`, `buildctl`, `buildkit-runc` and `sh`. */
  readonly buildkitImage: string;
  /** Writes an SPDX attestation of each image; null writes none. */
  readonly sbomScannerImage: string | null;
  /** Of the two images above, where they need one: a Secret of type `kubernetes.io/dockerconfigjson` in the builds' namespace. */
  readonly imagePullSecret: string | null;
  readonly egress: readonly EgressDestination[];
  /** DNS servers that are no pods labelled `k8s-app: kube-dns`. */
  readonly dnsCidrs: readonly string[];
  /** More ranges that builds may not reach: nodes, services. */
  readonly privateCidrs: readonly string[];
  readonly limits: BuildLimits;
  readonly nodeSelector: Readonly<Record<string, string>>;
}

export const defaultBuildLimits: BuildLimits = {
  cpuMillis: 2_000,
  memoryMb: 2_048,
  storageMb: 6_144,
  deadlineMs: 15 * 60_000,
  perOwner: 2,
  perCluster: 10,
};

export const defaultSourceImage = 'docker.io/library/node:24-bookworm-slim';
export const defaultBuildkitImage = 'docker.io/moby/buildkit:v0.31.1';
