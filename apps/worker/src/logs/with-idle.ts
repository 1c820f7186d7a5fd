/** The same items, and `undefined` once whenever `wants()` and none came for so long. */
export async function* withIdle<T>(
  items: AsyncIterable<T>,
  wants: () => boolean,
  idleMs: number,
): AsyncGenerator<T | undefined> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = iterator.next();
      next.catch(() => undefined);
      if (wants() && (await isIdle(next, idleMs))) yield undefined;
      const { done, value } = await next;
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function isIdle(next: Promise<unknown>, idleMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), idleMs);
  });
  const arrived = next.then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([idle, arrived]);
  } finally {
    clearTimeout(timer);
  }
}
