import { waitFor } from '@zarpa/testing';
import type { LogPosition, RawLogRecord } from '../../../log-source.ts';
import { PodLogSource } from '../pod-log-source.ts';
import type { ContainerRun } from '../pod-runs.ts';
import { FakeKubelet, type FakeRun } from './fake-kubelet.ts';
import { FakePodRuns } from './fake-pod-runs.ts';

export const beginMs = 1_790_000_000_000;
const timings = { backoff: { minMs: 1, maxMs: 10 }, strangeMs: 100, lingerMs: 20 };

export const at = (ms: number): bigint => BigInt(beginMs + ms) * 1_000_000n + 123n;

export const running = (restartCount: number, startedMs: number): ContainerRun => ({
  restartCount,
  startedAt: beginMs + startedMs,
  ended: null,
});

export const ended = (restartCount: number, startedMs: number, endedMs: number, exitCode = 1): ContainerRun => ({
  ...running(restartCount, startedMs),
  ended: { at: beginMs + endedMs, code: 'crashed', exitCode },
});

export const textOf = ({ kind, bytes }: RawLogRecord): string =>
  `${kind === 'line' ? '' : `${kind}: `}${Buffer.from(bytes)}`;
export const positionOf = ({ position }: RawLogRecord): string => `${position.epoch}-${position.offset}`;

/** An instance's log before a kubelet and a pod cache of our own. */
export class RunLogWorld {
  readonly kubelet = new FakeKubelet();
  readonly runs = new FakePodRuns();
  /** What the listener was told. */
  readonly told: string[] = [];
  readonly stop = new AbortController();
  readonly source = new PodLogSource({
    client: this.kubelet,
    runs: this.runs,
    timings,
    listener: {
      onFirstLine: (runId) => this.told.push(`first line of ${runId}`),
      onCaughtUp: (podUid) => this.told.push(`caught up with ${podUid}`),
      onDrained: (podUid) => this.told.push(`drained ${podUid}`),
    },
  });

  async readOnce(after: LogPosition | null = null): Promise<RawLogRecord[]> {
    const records: RawLogRecord[] = [];
    for await (const batch of this.source.read({ after, follow: false })) records.push(...batch);
    return records;
  }

  follow(after: LogPosition | null = null) {
    const records: RawLogRecord[] = [];
    const run = async () => {
      for await (const batch of this.source.read({ after, follow: true, signal: this.stop.signal }))
        records.push(...batch);
    };
    const done = run();
    const until = (text: string) => waitFor(() => records.some((one) => textOf(one) === text), { describe: text });
    return { records, texts: () => records.map(textOf), done, until };
  }

  /** A pod that has crashed once and runs again. */
  crashedOnce(): { before: FakeRun; present: FakeRun } {
    const before = this.kubelet.run('pod');
    before.write(at(200), 'a');
    before.write(at(300), 'b');
    before.end();
    const present = this.kubelet.run('pod');
    present.write(at(2_100), 'c');
    this.runs.set('pod', [ended(0, 0, 0), running(1, 2_000)]);
    return { before, present };
  }
}
