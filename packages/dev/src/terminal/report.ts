const subjectWidth = 12;

/** Prints one line of a step: who it is about, and what happened. */
export function report(subject: string, text: string): void {
  const [first = '', ...rest] = text.split('\n');
  console.log(`${subject.padEnd(subjectWidth)}${first}`);
  for (const line of rest) console.log(`${' '.repeat(subjectWidth)}${line}`);
}

/** A duration as people read it: `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = durationMs / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
