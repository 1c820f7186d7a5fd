/** A cluster that answers, and the file that describes it to tests (`ClusterFile` of `@zarpa/test-cluster`). */
export interface OpenCluster {
  readonly file: string;
  /** Takes a cluster down that was started here; a given one stays. */
  close(): Promise<void>;
}
