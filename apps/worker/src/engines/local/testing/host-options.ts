import type { CrashPolicy } from '../../instance/crash-policy.ts';
import type { LocalTimings } from '../context.ts';

export interface HostOptions {
  readonly directory: string;
  /** Base64. */
  readonly key: string;
  readonly timings: Partial<LocalTimings>;
  readonly crashPolicy: Partial<CrashPolicy>;
}
