import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCrash, defaultCrashPolicy } from './crash-policy.ts';

/** Crashes each as soon as the bot is started again, until it is started no more. */
function waitsOfAHopelessBot(): number[] {
  const waits: number[] = [];
  for (let now = 0, crashes: number[] = []; ; ) {
    const verdict = afterCrash(defaultCrashPolicy, crashes, now);
    if (verdict.nextStartAt === null) return waits;
    waits.push(verdict.nextStartAt - now);
    crashes = verdict.crashes;
    now = verdict.nextStartAt;
  }
}

describe('afterCrash', () => {
  it('waits longer each time, a minute at most, and gives up at the tenth crash in ten minutes', () => {
    expect(waitsOfAHopelessBot()).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('never gives up on a bot that crashes less often than ten times in ten minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 67_000, max: 600_000 }), { maxLength: 100 }), (gaps) => {
        let now = 0;
        let crashes: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const verdict = afterCrash(defaultCrashPolicy, crashes, now);
          expect(verdict.nextStartAt).not.toBeNull();
          crashes = verdict.crashes;
        }
      }),
    );
  });

  it('forgets crashes that are older than the window', () => {
    expect(afterCrash(defaultCrashPolicy, [0, 1, 2], 700_000)).toEqual({ crashes: [700_000], nextStartAt: 701_000 });
  });
});
