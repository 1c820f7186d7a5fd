/** A scale's upper end, in MB: the next power of two with some air, so that its quarters are round; the plan's limit once a third of it is in use. */
export function memoryTop(peakMb: number, limitMb: number): number {
  if (peakMb > limitMb / 3) return Math.max(limitMb, peakMb);
  return Math.min(limitMb, Math.max(32, 2 ** Math.ceil(Math.log2(peakMb * 1.2))));
}

const cpuTops = [0.04, 0.1, 0.2, 0.4, 0.8, 1, 2, 4, 8];

/** A scale's upper end, in cores, with quarters that read well as percent. */
export function cpuTop(peak: number): number {
  return cpuTops.find((top) => top >= peak * 1.1) ?? peak;
}
