import type { Logger } from '@zarpa/observability';
import type { LimitFunction } from 'p-limit';
import type { OpenEnvironment } from '../../environment/open-environment.ts';
import type { EngineListener } from '../engine.ts';
import type { CrashPolicy } from '../instance/crash-policy.ts';
import type { SourceLimits } from '../source/archive-entries.ts';
import type { BuildLimits } from './build/run-command.ts';
import type { Layout } from './layout.ts';
import type { PlanTimings } from './plan.ts';
import type { ProcessTable } from './process/process-table.ts';
import type { StateStore } from './state-store.ts';

export interface LocalTimings extends PlanTimings {
  /** How long a new version's first line is waited for. */
  readonly firstLineWaitMs: number;
}

export const defaultTimings: LocalTimings = { stableAfterMs: 3_000, stopGraceMs: 30_000, firstLineWaitMs: 10_000 };

/** What all instances of an engine share. */
export interface LocalContext {
  readonly layout: Layout;
  readonly store: StateStore;
  readonly listener: EngineListener;
  readonly processes: ProcessTable;
  readonly buildSlots: LimitFunction;
  readonly openEnvironment: OpenEnvironment;
  /** The worker's own environment: how this machine reaches the outside. */
  readonly machine: NodeJS.ProcessEnv;
  readonly timings: LocalTimings;
  readonly crashPolicy: CrashPolicy;
  readonly sourceLimits: SourceLimits;
  readonly buildLimits: BuildLimits;
  readonly logger: Logger;
}
