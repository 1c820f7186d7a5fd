import { randomFillSync } from 'node:crypto';

/** Asking the system for random bytes costs much more than the bytes do: they are fetched for hundreds of ids at a time. */
const pool = Buffer.allocUnsafeSlow(4_096);
let used = pool.length;

/** Up to 4096 random bytes as hexadecimal digits, none of them given out before. */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
