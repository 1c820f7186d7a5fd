/** How one run of a container ended. */
export interface RunEnd {
  /** Milliseconds since 1970, whole seconds. */
  readonly at: number;
  /** Of a reason: `stopped`, `crashed`, … */
  readonly code: string;
  readonly exitCode: number | null;
}

/** One run of a container. */
export interface ContainerRun {
  /** How often the container had been started before. */
  readonly restartCount: number;
  readonly startedAt: number;
  readonly ended: RunEnd | null;
}

/** A pod of an instance, as far as its log is concerned. */
export interface LoggedPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly deploymentId: string;
  /** Those whose log can still be read, oldest first: the present run, and the one before. A container that waits to be started has none. */
  readonly runs: readonly ContainerRun[];
  /** It is being deleted: how its containers end is told only when all of them have. */
  readonly stopping: boolean;
  /** None of its containers runs, nor will. */
  readonly over: boolean;
}

/** A sentence of the engine's own. */
export interface LogNotice {
  readonly at: number;
  readonly code: string;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

/** What the log of one instance is made of. Looking is cheap and tells of this moment. */
export interface PodRuns {
  /** Oldest first. */
  pods(): readonly LoggedPod[];
  /** Oldest first. The same notice always has the same `at`, `code` and `text`. */
  notices(): readonly LogNotice[];
  /** There is no instance any more: a follower ends when it has read everything. */
  over(): boolean;
  /** Resolves when any of these has changed since the call, or when `signal` aborts. */
  changed(signal: AbortSignal): Promise<void>;
}

/** What a follower of an instance's log learns. Told anew to every follower. */
export interface RunLogListener {
  /** `<pod uid>/<restartCount>`: the bot has written something. */
  onFirstLine?(runId: string): void;
  /** All that there is to read of a pod, which is stopping, is with the follower, and the bot has ended as far as its log can tell. */
  onCaughtUp?(podUid: string): void;
  /** Everything that a pod, which is over, has written is with the follower for good. */
  onDrained?(podUid: string): void;
}
