import { BuildPlan, CommandOverrides, EpochMs, Reason } from '@zarpa/contracts';
import { z } from 'zod';

/** What the program `source` is given, as JSON, in the variable `sourceInputVariable`. */
export const SourceInput = z.object({
  /** Good for minutes; never printed. */
  archiveUrl: z.url(),
  /** When the address was made. */
  addressMadeAt: EpochMs,
  repository: z.string(),
  commitSha: z.string(),
  rootDirectory: z.string(),
  overrides: CommandOverrides,
  /** An earlier build of this commit was wanted, and is no longer kept. */
  artifactMissing: z.boolean(),
  limits: z.object({
    compressedBytes: z.int().positive(),
    unpackedBytes: z.int().positive(),
    entries: z.int().positive(),
    timeoutMs: z.int().positive(),
  }),
});
export type SourceInput = z.infer<typeof SourceInput>;

export const sourceInputVariable = 'ZARPA_SOURCE';

const times = {
  startedAt: EpochMs,
  /** When all files were there; null where that failed. */
  fetchedAt: EpochMs.nullable(),
  endedAt: EpochMs,
};

/** What came of it: the program's last line, and its termination message where that is long enough. */
export const SourceOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('planned'), buildPlan: BuildPlan, ...times }),
  z.object({ outcome: z.literal('failed'), reason: Reason, ...times }),
  z.object({ outcome: z.literal('address-expired'), ...times }),
]);
export type SourceOutcome = z.infer<typeof SourceOutcome>;

/** Any other line that the program itself prints. */
export const SourceNotice = z.object({
  notice: z.string(),
  text: z.string(),
  data: z.record(z.string(), z.string()),
});
export type SourceNotice = z.infer<typeof SourceNotice>;

/** The kubelet keeps no more of a container's termination message. */
export const terminationMessageMaxBytes = 4_096;

/** Where the program leaves its work for the build. */
export const workFolders = {
  tree: 'tree',
  /** Holds `Dockerfile`, `context` (the path of the build's context, absolute) and `plan.base64`. */
  plan: 'plan',
} as const;
