const units: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** A duration in at most two units (`2 d 4 h`, `3 h 12 min`, `42 s`); below ten seconds with one decimal. */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 10_000)
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.max(0, ms) / 1000)} s`;
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < 600_000) return joined(Math.floor(ms / 60_000), 'min', Math.floor((ms % 60_000) / 1000), 's');
  const largest = units.findIndex(([, size]) => ms >= size);
  const [unit, size] = units[largest] ?? ['min', 60_000];
  const [lesser, lesserSize] = units[largest + 1] ?? ['', 0];
  return joined(Math.floor(ms / size), unit, lesserSize === 0 ? 0 : Math.floor((ms % size) / lesserSize), lesser);
}

const joined = (major: number, majorUnit: string, minor: number, minorUnit: string): string =>
  minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
