const bytesPerMegabyte = 1_048_576;

/** What a change of plan means for a bot as it is now; a text of `settings.plan`. */
export type PlanEffect = 'up' | 'down' | 'downTight' | 'idle';

/** `usedBytes` is the bot's memory at this moment. */
export function effectOf({
  runs,
  usedBytes,
  fromMb,
  toMb,
}: {
  runs: boolean;
  usedBytes: number;
  fromMb: number;
  toMb: number;
}): PlanEffect {
  if (!runs) return 'idle';
  if (toMb >= fromMb) return 'up';
  return usedBytes > toMb * bytesPerMegabyte ? 'downTight' : 'down';
}
