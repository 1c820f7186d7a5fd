import type { Customer } from '../src/platform/customer.ts';
import type { Platform } from '../src/platform/platform.ts';

/** One row of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly floor: string;
  readonly ratio: string;
  readonly goal: string;
  readonly met: boolean | null;
}

export interface Bench {
  readonly platform: Platform;
  readonly customer: Customer;
}

export const milliseconds = (value: number): string =>
  value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
export const times = (value: number): string => `${value.toFixed(2)}x`;

export function table(rows: readonly Row[]): string {
  const mark = (met: boolean | null) => (met === null ? '' : met ? ', met' : ', not met');
  return [
    '| what | measured | floor in the same run | ratio | goal |',
    '|---|---|---|---|---|',
    ...rows.map(
      (row) => `| ${row.what} | ${row.measured} | ${row.floor} | ${row.ratio} | ${row.goal}${mark(row.met)} |`,
    ),
  ].join('\n');
}
