import { type KubeconfigSource, readKubeconfig } from './cluster-access.ts';
import { Exchange } from './exchange.ts';
import { isNotFound } from './kubernetes-error.ts';
import { collectionPath, objectPath } from './paths.ts';
import { type KubernetesObject, type ObjectRef, pods, type ResourceKind } from './resource-kinds.ts';
import { Transport } from './transport.ts';

export type { ObjectRef } from './resource-kinds.ts';

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  readonly signal?: AbortSignal;
}

export interface DeleteOptions {
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
  readonly gracePeriodSeconds?: number;
}

export interface ListPage<T> {
  readonly items: T[];
  readonly resourceVersion: string;
  /** Names the next page; null: this was the last. */
  readonly continue: string | null;
}

const defaultTimeoutMs = 30_000;
const defaultDeadAfterMs = 20_000;
const applyPatch = 'application/apply-patch+yaml';
const patchTypes = { merge: 'application/merge-patch+json', json: 'application/json-patch+json' } as const;

/**
 * The API of one cluster. A read whose connection broke is tried once more; a write never is: without an answer (`isUnreachable`)
 * whether it was done is unknown, and the caller looks.
 */
export class KubernetesClient {
  readonly server: string;
  readonly #exchange: Exchange;
  readonly #fieldManager: string;

  private constructor(options: { server: string; exchange: Exchange; fieldManager: string }) {
    this.server = options.server;
    this.#exchange = options.exchange;
    this.#fieldManager = options.fieldManager;
  }

  static async fromKubeconfig(
    options: KubeconfigSource & { fieldManager?: string; timeoutMs?: number; deadAfterMs?: number },
  ): Promise<KubernetesClient> {
    const { fieldManager = 'zarpa', timeoutMs = defaultTimeoutMs, deadAfterMs = defaultDeadAfterMs } = options;
    const access = await readKubeconfig(options);
    const transport = await Transport.open(access, { headersTimeoutMs: timeoutMs, deadAfterMs });
    const exchange = new Exchange(transport, timeoutMs);
    return new KubernetesClient({ server: access.server.href, exchange, fieldManager });
  }

  /** Null where there is none. */
  async get<T extends KubernetesObject>(kind: ResourceKind<T>, ref: ObjectRef): Promise<T | null> {
    return await orNull(this.#exchange.read<T>(objectPath(kind, ref)));
  }

  async list<T extends KubernetesObject>(kind: ResourceKind<T>, options: ListOptions = {}): Promise<ListPage<T>> {
    const { namespace, signal, ...selection } = options;
    const page = await this.#exchange.read<{
      items: T[] | null;
      metadata: { resourceVersion: string; continue?: string };
    }>(collectionPath(kind, namespace), queryOf(selection), signal);
    const { resourceVersion, continue: next } = page.metadata;
    return { items: page.items ?? [], resourceVersion, continue: next === undefined || next === '' ? null : next };
  }

  /** An object of that name throws AlreadyExists. */
  async create<T extends KubernetesObject>(kind: ResourceKind<T>, object: T): Promise<T> {
    return await this.#exchange.write<T>({
      method: 'POST',
      path: collectionPath(kind, object.metadata?.namespace),
      query: { fieldManager: this.#fieldManager },
      body: bodyOf(kind, object),
    });
  }

  /** `metadata.resourceVersion`, where given, must be the present one, else Conflict. */
  async replace<T extends KubernetesObject>(kind: ResourceKind<T>, object: T): Promise<T> {
    return await this.#exchange.write<T>({
      method: 'PUT',
      path: objectPath(kind, refOf(object)),
      query: { fieldManager: this.#fieldManager },
      body: bodyOf(kind, object),
    });
  }

  /** Server-side apply, taking fields over from others. `metadata.resourceVersion`, where given, must be the present one, else Conflict. */
  async apply<T extends KubernetesObject>(
    kind: ResourceKind<T>,
    object: T,
    options: { dryRun?: boolean } = {},
  ): Promise<T> {
    return await this.#exchange.write<T>({
      method: 'PATCH',
      path: objectPath(kind, refOf(object)),
      query: {
        fieldManager: this.#fieldManager,
        force: 'true',
        ...(options.dryRun === true ? { dryRun: 'All' } : {}),
      },
      headers: { 'content-type': applyPatch },
      body: bodyOf(kind, object),
    });
  }

  async patch<T extends KubernetesObject>(
    kind: ResourceKind<T>,
    ref: ObjectRef,
    patch: { type: 'merge' | 'json'; body: unknown },
    options: { subresource?: string } = {},
  ): Promise<T> {
    return await this.#exchange.write<T>({
      method: 'PATCH',
      path: objectPath(kind, ref, options.subresource),
      query: { fieldManager: this.#fieldManager },
      headers: { 'content-type': patchTypes[patch.type] },
      body: JSON.stringify(patch.body),
    });
  }

  /** False where there was none. A precondition that does not hold throws Conflict. */
  async delete<T extends KubernetesObject>(
    kind: ResourceKind<T>,
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<boolean> {
    const { uid, resourceVersion, propagation = 'Background', gracePeriodSeconds } = options;
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation,
      gracePeriodSeconds,
      preconditions: { uid, resourceVersion },
    });
    const done = await orNull(this.#exchange.write<object>({ method: 'DELETE', path: objectPath(kind, ref), body }));
    return done !== null;
  }

  async deleteAll<T extends KubernetesObject>(
    kind: ResourceKind<T>,
    options: { namespace: string; labelSelector: string },
  ): Promise<void> {
    await this.#exchange.write<object>({
      method: 'DELETE',
      path: collectionPath(kind, options.namespace),
      query: { labelSelector: options.labelSelector },
      body: JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' }),
    });
  }

  async getRaw(path: string, query?: Record<string, string>): Promise<unknown> {
    return await this.#exchange.read<unknown>(path, query);
  }

  /**
   * The bytes of an answer of any length, log and watch included. Rejects with the refusal; iterating throws when the connection breaks,
   * ends when the server ends it, and ends when `signal` aborts.
   */
  async stream(
    path: string,
    options: { query?: Record<string, string>; signal: AbortSignal; accept?: string },
  ): Promise<AsyncIterable<Uint8Array>> {
    return await this.#exchange.stream(path, options);
  }

  /** To a container that has a standard input. Whether it has read it, only what it does tells. */
  async writeStdin(ref: ObjectRef, container: string, text: string): Promise<void> {
    await this.#exchange.writeStdin(objectPath(pods, ref, 'attach'), text, { container, stdin: 'true' });
  }

  /** Breaks off what is still going on. */
  async close(): Promise<void> {
    await this.#exchange.close();
  }
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

const bodyOf = <T extends KubernetesObject>(kind: ResourceKind<T>, object: T): string =>
  JSON.stringify({ ...object, apiVersion: kind.apiVersion, kind: kind.kind });

function refOf({ metadata }: KubernetesObject): ObjectRef {
  const { name, namespace } = metadata ?? {};
  if (name === undefined) throw new TypeError('The object has no name');
  return namespace === undefined ? { name } : { name, namespace };
}

const queryOf = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
