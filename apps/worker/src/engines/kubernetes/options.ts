/** How bots' pods are made. */
export interface BotSettings {
  /** Uses a sandboxed runtime, such as gVisor. */
  readonly runtimeClass: string | null;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Null: the cluster's default. */
  readonly storageClass: string | null;
  /** Has `head`; keeps the logs of bots that have ended. */
  readonly logKeeperImage: string;
  /** DNS servers that are no pods labelled `k8s-app: kube-dns`. */
  readonly dnsCidrs: readonly string[];
  /** More ranges that bots may not reach: nodes, services. */
  readonly privateCidrs: readonly string[];
}

export interface KubernetesTimings {
  /** A container that has been up for so long runs well. */
  readonly stableAfterMs: number;
  readonly stopGraceMs: number;
  /** How long a new version's first line is waited for. */
  readonly firstLineWaitMs: number;
  /** How long an ended pod is held for a log that nobody reads. */
  readonly logPatienceMs: number;
}

export const defaultTimings: KubernetesTimings = {
  stableAfterMs: 3_000,
  stopGraceMs: 30_000,
  firstLineWaitMs: 10_000,
  logPatienceMs: 10_000,
};

/** What a cluster can do, found out once. */
export interface Abilities {
  readonly userNamespaces: boolean;
  readonly podResize: boolean;
  readonly readWriteOncePod: boolean;
  readonly admissionPolicies: boolean;
  readonly metrics: boolean;
}
