import { z } from 'zod';

/** How a repository is built and started: what was found, why, and the commands that follow. */
export const BuildPlan = z
  .object({
    version: z.literal(1),
    /** What decides the run image. `docker` means that the repository's own Dockerfile is used as it is. */
    runtime: z.enum(['node', 'python', 'docker']),
    /** A major or `major.minor` version such as `24` or `3.12`; null for `docker`. */
    runtimeVersion: z.string().nullable(),
    packageManager: z.enum(['npm', 'pnpm', 'yarn', 'bun', 'pip', 'uv']).nullable(),
    /** Folder inside the repository, `''` for its root. Never starts with `/` and never contains `..`. */
    rootDirectory: z.string(),
    installCommand: z.string().nullable(),
    buildCommand: z.string().nullable(),
    /** Null only for `docker`, where the image says it. */
    startCommand: z.string().nullable(),
    /** Debian packages that the run image needs (for instance `chromium` or `ffmpeg`). */
    systemPackages: z.array(z.string()),
    /** Variables that the plan itself sets, such as `NODE_ENV`. Never secrets. */
    environment: z.record(z.string(), z.string()),
    /** From `squarecloud.app` or `discloud.config`; prefills the form. */
    suggestions: z.object({
      name: z.string().nullable(),
      memoryMb: z.int().positive().nullable(),
    }),
    /** One entry for each thing recognised, in the order of the decision: `because` is a code that the interface translates. */
    findings: z.array(
      z.object({
        code: z.string().regex(/^[a-z0-9_]+$/),
        file: z.string().nullable(),
        value: z.string().nullable(),
      }),
    ),
    dockerfile: z.string(),
  })
  .meta({ id: 'BuildPlan' });
export type BuildPlan = z.infer<typeof BuildPlan>;

/** Commands that the owner sets instead of the detected ones; null keeps what was detected. */
export const CommandOverrides = z
  .object({
    install: z.string().trim().min(1).max(500).nullable(),
    build: z.string().trim().min(1).max(500).nullable(),
    start: z.string().trim().min(1).max(500).nullable(),
  })
  .meta({ id: 'CommandOverrides' });
export type CommandOverrides = z.infer<typeof CommandOverrides>;

/** Why no plan could be made; `lookedFor` names the files that would have been recognised. */
export const BuildPlanFailure = z
  .object({
    code: z.enum(['unrecognised_repository', 'root_directory_missing', 'invalid_file', 'no_start_command']),
    file: z.string().nullable(),
    detail: z.string().nullable(),
    lookedFor: z.array(z.string()),
  })
  .meta({ id: 'BuildPlanFailure' });
export type BuildPlanFailure = z.infer<typeof BuildPlanFailure>;
