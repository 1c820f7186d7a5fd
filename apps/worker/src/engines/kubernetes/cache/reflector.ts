import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@zarpa/observability';
import type { KubernetesClient, ListPage } from '../client/kubernetes-client.ts';
import { isGone } from '../client/kubernetes-error.ts';
import { collectionPath } from '../client/paths.ts';
import type { KubernetesObject, ResourceKind } from '../client/resource-kinds.ts';
import { type BackoffRange, fullJitterMs } from './backoff.ts';
import { ObjectStore, type OnChange, objectKey } from './object-store.ts';
import { watchEvents } from './watch-events.ts';

export interface ReflectorTimings {
  readonly pageSize: number;
  /** The server ends a watch after this, plus up to a quarter. */
  readonly watchSeconds: number;
  /** Bookmarks come about once a minute: a connection without a byte for so long is dead. */
  readonly silenceMs: number;
  readonly backoff: BackoffRange;
}

export interface ReflectorOptions<T extends KubernetesObject> {
  readonly client: KubernetesClient;
  readonly kind: ResourceKind<T>;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** What is kept of an object; without it, all but `managedFields`. */
  readonly transform?: (object: T) => T;
  /** Told of every change once, deletions that happened unseen included. `key` is `namespace/name`, or the name. */
  readonly onChange: OnChange<T>;
  readonly logger: Logger;
  readonly random?: () => number;
  readonly timings?: Partial<ReflectorTimings>;
}

const defaultTimings: ReflectorTimings = {
  pageSize: 500,
  watchSeconds: 240,
  silenceMs: 90_000,
  backoff: { minMs: 200, maxMs: 10_000 },
};
/** A watch that ends sooner, without an event, has failed. */
const shortestWatchMs = 1_000;
/** After so many failures in a row the resourceVersion itself is in doubt. */
const failuresUntilRelist = 3;

/** A copy of all objects of a kind, kept current by watching them from its making until `stop`. */
export class Reflector<T extends KubernetesObject> {
  /** Resolves when all objects are known; rejects where it is stopped before. */
  readonly synced: Promise<void>;
  readonly #options: ReflectorOptions<T>;
  readonly #timings: ReflectorTimings;
  readonly #random: () => number;
  readonly #store: ObjectStore<T>;
  readonly #stopped = new AbortController();
  readonly #sync = Promise.withResolvers<void>();
  #hasSynced = false;
  #lastEventAt = 0;
  /** Where to watch from; null: list first. */
  #resourceVersion: string | null = null;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#random = options.random ?? Math.random;
    this.#store = new ObjectStore((key, object, previous) => this.#tell(key, object, previous));
    this.synced = this.#sync.promise;
    this.synced.catch(() => undefined);
    void this.#run();
  }

  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  /** When the server was last heard, in milliseconds since 1970; 0: never. */
  get lastEventAt(): number {
    return this.#lastEventAt;
  }

  get(namespace: string | undefined, name: string): T | null {
    return this.#store.get(objectKey(namespace, name));
  }

  list(): T[] {
    return this.#store.list();
  }

  stop(): void {
    this.#stopped.abort();
    this.#sync.reject(new Error('The reflector was stopped'));
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    let failures = 0;
    while (!signal.aborted) {
      const outcome = await this.#pass(failures);
      if (signal.aborted) return;
      failures = outcome === 'fine' ? 0 : failures + 1;
      if (failures >= failuresUntilRelist) this.#resourceVersion = null;
      if (outcome === 'fine') continue;
      const waitMs = fullJitterMs(failures, this.#timings.backoff, this.#random);
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #pass(failures: number): Promise<'fine' | 'gone' | 'failed'> {
    const { logger, kind } = this.#options;
    try {
      this.#resourceVersion ??= await this.#relist();
      return (await this.#watch(this.#resourceVersion)) ? 'fine' : 'failed';
    } catch (error) {
      if (this.#stopped.signal.aborted) return 'fine';
      if (isGone(error)) {
        this.#resourceVersion = null;
        return 'gone';
      }
      logger.warn({ err: error, kind: kind.kind, failures }, 'Lost a watch');
      return 'failed';
    }
  }

  async #relist(): Promise<string> {
    const { client, kind, namespace, labelSelector, fieldSelector } = this.#options;
    const selection = definedOf({ namespace, labelSelector, fieldSelector });
    const listed = new Set<string>();
    let next: string | null = null;
    for (;;) {
      const page: ListPage<T> = await client.list(kind, {
        ...selection,
        limit: this.#timings.pageSize,
        signal: this.#stopped.signal,
        ...(next === null ? {} : { continue: next }),
      });
      for (const key of this.#store.putAll(page.items.map((object) => this.#transformed(object)))) listed.add(key);
      next = page.continue;
      if (next === null) {
        this.#store.keepOnly(listed);
        this.#hasSynced = true;
        this.#lastEventAt = Date.now();
        this.#sync.resolve();
        return page.resourceVersion;
      }
    }
  }

  /** False where it ended suspiciously soon. */
  async #watch(from: string): Promise<boolean> {
    const { client, kind, namespace, labelSelector, fieldSelector } = this.#options;
    const { watchSeconds, silenceMs } = this.#timings;
    const begun = performance.now();
    const silence = new AbortController();
    const watchdog = setTimeout(() => silence.abort(), silenceMs);
    const query = definedOf({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: from,
      timeoutSeconds: String(Math.round(watchSeconds * (1 + this.#random() / 4))),
      labelSelector,
      fieldSelector,
    });
    let events = 0;
    try {
      const signal = AbortSignal.any([this.#stopped.signal, silence.signal]);
      const body = await client.stream(collectionPath(kind, namespace), { query, signal, accept: 'application/json' });
      const heard = () => {
        watchdog.refresh();
        this.#lastEventAt = Date.now();
      };
      for await (const event of watchEvents<T>(tapped(body, heard))) {
        events += 1;
        this.#take(event);
      }
    } finally {
      clearTimeout(watchdog);
    }
    return !silence.signal.aborted && (events > 0 || performance.now() - begun >= shortestWatchMs);
  }

  #take(event: { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T } | { type: 'BOOKMARK'; object: KubernetesObject }) {
    this.#resourceVersion = event.object.metadata?.resourceVersion ?? this.#resourceVersion;
    if (event.type === 'BOOKMARK') return;
    if (event.type === 'DELETED') this.#store.remove(event.object);
    else this.#store.put(this.#transformed(event.object));
  }

  #transformed(object: T): T {
    return (this.#options.transform ?? withoutManagedFields)(object);
  }

  #tell(key: string, object: T | null, previous: T | null): void {
    try {
      this.#options.onChange(key, object, previous);
    } catch (error) {
      this.#options.logger.error({ err: error, kind: this.#options.kind.kind, key }, 'Failed to handle a change');
    }
  }
}

function withoutManagedFields<T extends KubernetesObject>(object: T): T {
  if (object.metadata?.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

async function* tapped(chunks: AsyncIterable<Uint8Array>, tap: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    tap();
    yield chunk;
  }
}

const definedOf = <T extends Record<string, string | undefined>>(values: T): { [K in keyof T]: string } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]: string };
