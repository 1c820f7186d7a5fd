import { z } from 'zod';

/** Keys of 32 bytes by id. The first one of the setting seals (`currentId`), all of them open. */
export interface KeyRing {
  readonly currentId: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

const entryPattern = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/;
const formatMessage = 'must be id:base64(32 bytes), several separated by commas, the sealing one first';

/** Parses `id:base64(32 bytes)[,id:...]` into a {@link KeyRing}. */
export const keyRing = () =>
  z.string().transform((text, context): KeyRing => {
    const keys = new Map<string, Buffer>();
    for (const entry of text.split(',')) {
      const [, id, encoded] = entryPattern.exec(entry.trim()) ?? [];
      if (id === undefined || encoded === undefined) {
        context.addIssue({ code: 'custom', message: formatMessage });
        return z.NEVER;
      }
      if (keys.has(id)) {
        context.addIssue({ code: 'custom', message: 'must not use the same key id twice' });
        return z.NEVER;
      }
      keys.set(id, Buffer.from(encoded, 'base64'));
    }
    const [currentId = ''] = keys.keys();
    return { currentId, keys };
  });
