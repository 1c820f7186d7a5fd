import { EventEmitter, once } from 'node:events';
import { KubernetesError } from '../../client/kubernetes-error.ts';
import type { LogClient } from '../container-log.ts';

export interface FakeLine {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Buffer;
}

const perSecond = 1_000_000_000n;

export const fakeTime = (time: bigint): string => {
  const seconds = new Date(Number(time / perSecond) * 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(time % perSecond).padStart(9, '0')}Z`;
};

/** What one run of a container has written. */
export class FakeRun {
  readonly lines: FakeLine[] = [];
  ended = false;
  /** The last line has no line break. */
  unfinished = false;
  readonly changes = new EventEmitter({ captureRejections: false }).setMaxListeners(0);

  write(time: bigint, text: string | Buffer): void {
    this.lines.push({ time, bytes: Buffer.from(text) });
    this.changes.emit('change');
  }

  end(): void {
    this.ended = true;
    this.changes.emit('change');
  }
}

/** Serves logs as the kubelet does: whole seconds, one file per run, the present run or the one before it. */
export class FakeKubelet implements LogClient {
  readonly requests: Record<string, string>[] = [];
  /** Sizes of the chunks that an answer comes in. */
  chunkSizes: readonly number[] = [1 << 20];
  /** The connection breaks after so many bytes; null: never. */
  cutAfterBytes: number | null = null;
  /** Of the answers to come: after how many bytes they break off, openly or as if complete. */
  readonly breaks: { readonly afterBytes: number; readonly clean: boolean }[] = [];
  /** It has just started, and has not heard of any pod yet. */
  knowsNoPods = false;
  readonly #runs = new Map<string, FakeRun[]>();

  run(pod: string): FakeRun {
    const run = new FakeRun();
    this.#runs.set(pod, [...(this.#runs.get(pod) ?? []), run]);
    return run;
  }

  remove(pod: string): void {
    this.#runs.delete(pod);
  }

  /** The pod is still there; its containers and their logs are not. */
  loseContainers(pod: string): void {
    this.#runs.set(pod, []);
  }

  async stream(path: string, options: { query?: Record<string, string>; signal: AbortSignal }) {
    const { query = {}, signal } = options;
    this.requests.push(query);
    const runs = this.#runs.get(path.split('/').at(-2) ?? '');
    if (runs === undefined || this.knowsNoPods)
      throw new KubernetesError({ message: 'no pod', status: 404, reason: 'NotFound' });
    const run = runs.at(query.previous === 'true' ? -2 : -1);
    if (run === undefined) throw new KubernetesError({ message: 'no container', status: 400, reason: 'BadRequest' });
    return this.#answer(run, query, signal);
  }

  async *#answer(run: FakeRun, query: Record<string, string>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { afterBytes, clean } = this.breaks.shift() ?? { afterBytes: this.cutAfterBytes, clean: false };
    let budget = afterBytes ?? Number.POSITIVE_INFINITY;
    for await (const bytes of limited(
      linesOf(run, query, signal),
      Number(query.limitBytes ?? Number.POSITIVE_INFINITY),
    )) {
      for (const chunk of cut(bytes, this.chunkSizes)) {
        budget -= chunk.length;
        if (budget < 0 && clean) return;
        if (budget < 0) throw KubernetesError.unreachable('GET log', new Error('cut'));
        yield chunk;
      }
    }
  }
}

async function* linesOf(run: FakeRun, query: Record<string, string>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const since = query.sinceTime === undefined ? 0n : BigInt(Date.parse(query.sinceTime)) * 1_000_000n;
  let next = query.tailLines === undefined ? 0 : Math.max(0, run.lines.length - Number(query.tailLines));
  for (;;) {
    const fresh = run.lines.slice(next);
    next = run.lines.length;
    const text = fresh.filter(({ time }) => time >= since);
    const isOpen = run.unfinished && next === run.lines.length;
    const bytes = Buffer.concat(
      text.flatMap(({ time, bytes }) => [Buffer.from(`${fakeTime(time)} `), bytes, Buffer.from('\n')]),
    );
    if (bytes.length > 0) yield isOpen ? bytes.subarray(0, -1) : bytes;
    if (query.follow !== 'true' || (run.ended && next === run.lines.length) || signal.aborted) return;
    if (next === run.lines.length) await once(run.changes, 'change', { signal }).catch(() => undefined);
  }
}

async function* limited(items: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const item of items) {
    yield item.subarray(0, left);
    left -= item.length;
    if (left <= 0) return;
  }
}

function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}
