/** Pure: what is declared is in what is; fields that the API server or others added do not count, entries of lists do. */
export function covers(live: unknown, declared: unknown): boolean {
  if (Array.isArray(declared)) {
    if (!Array.isArray(live)) return declared.length === 0 && live === undefined;
    return live.length === declared.length && declared.every((one, index) => covers(live[index], one));
  }
  if (isObject(declared)) {
    const entries = Object.entries(declared).filter(([, value]) => value !== undefined);
    if (!isObject(live)) return live === undefined && entries.every(([, value]) => covers(undefined, value));
    return entries.every(([name, value]) => covers(live[name], value));
  }
  return live === declared || (declared === '' && live === undefined);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
