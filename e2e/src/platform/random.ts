import { createHash } from 'node:crypto';

/** Random choices that a failing run can repeat: the seed is `ZARPA_TEST_SEED`, else the name. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  between(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
}

export function seededRandom(name: string): Random {
  const seed = process.env.ZARPA_TEST_SEED ?? name;
  let counter = 0;
  const next = () => createHash('sha256').update(`${seed}:${counter++}`).digest().readUInt32BE(0) / 2 ** 32;
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick<T>(choices: readonly T[]): T {
      const chosen = choices[Math.floor(next() * choices.length)];
      if (chosen === undefined) throw new Error('Nothing to pick from');
      return chosen;
    },
  };
}
