import type { MetricSample } from '@zarpa/api-client';

/** A point of a chart; null where nothing ran. */
export interface ChartPoint {
  at: number;
  sample: MetricSample | null;
}

const toleratedSteps = 2.5;

/** Puts an empty point between samples that lie further apart than the step, so that a chart shows a gap and no line. */
export function withGaps(samples: readonly MetricSample[], stepMs: number): ChartPoint[] {
  const points: ChartPoint[] = [];
  let before: MetricSample | undefined;
  for (const sample of samples) {
    if (before && sample.at - before.at > stepMs * toleratedSteps)
      points.push({ at: before.at + stepMs, sample: null });
    points.push({ at: sample.at, sample });
    before = sample;
  }
  return points;
}
