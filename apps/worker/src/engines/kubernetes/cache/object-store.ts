import type { KubernetesObject } from '../client/resource-kinds.ts';

export type OnChange<T> = (key: string, object: T | null, previous: T | null) => void;

export const objectKey = (namespace: string | undefined, name: string): string =>
  namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;

const keyOf = ({ metadata }: KubernetesObject): string => objectKey(metadata?.namespace, metadata?.name ?? '');

/** Objects as last seen; tells of each change once. */
export class ObjectStore<T extends KubernetesObject> {
  readonly #objects = new Map<string, T>();
  readonly #onChange: OnChange<T>;

  constructor(onChange: OnChange<T>) {
    this.#onChange = onChange;
  }

  get(key: string): T | null {
    return this.#objects.get(key) ?? null;
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  put(object: T): void {
    const key = keyOf(object);
    const previous = this.#objects.get(key) ?? null;
    if (previous !== null && isSame(previous, object)) return;
    this.#objects.set(key, object);
    this.#onChange(key, object, previous);
  }

  remove(object: T): void {
    this.#removeKey(keyOf(object));
  }

  /** What is not among `listed` any more is gone. */
  keepOnly(listed: ReadonlySet<string>): void {
    for (const key of [...this.#objects.keys()]) if (!listed.has(key)) this.#removeKey(key);
  }

  putAll(objects: readonly T[]): string[] {
    for (const object of objects) this.put(object);
    return objects.map(keyOf);
  }

  #removeKey(key: string): void {
    const previous = this.#objects.get(key);
    if (previous === undefined) return;
    this.#objects.delete(key);
    this.#onChange(key, null, previous);
  }
}

const isSame = (one: KubernetesObject, other: KubernetesObject): boolean =>
  one.metadata?.uid === other.metadata?.uid && one.metadata?.resourceVersion === other.metadata?.resourceVersion;
