import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildPlan, DeploymentProgress, DesiredDeployment, Reason, StepName } from '@zarpa/contracts';
import { nextStep, stepsSkipped } from '../../instance/progress.ts';
import type { SourceLimits } from '../../source/archive-entries.ts';
import { classifyFailure } from '../../source/classify-failure.ts';
import { fetchSource } from '../../source/fetch-source.ts';
import { ArchiveAddressExpired, SourceError } from '../../source/source-error.ts';
import { planReason, readSourceFiles, type SourceFiles } from '../../source/source-files.ts';
import type { InstanceLayout } from '../layout.ts';
import type { LogFile } from '../log/log-file.ts';
import type { ProcessTable } from '../process/process-table.ts';
import { notice, outputTail } from './build-log.ts';
import { folderBytes } from './folder-size.ts';
import { type LocalPlan, planLocally } from './plan-locally.ts';
import { artifactOf, readRelease, releaseFolder, treeFolder, writeRelease } from './release.ts';
import { type BuildLimits, type LimitBroken, runCommand } from './run-command.ts';

export interface BuildInput {
  readonly deployment: DesiredDeployment;
  readonly layout: InstanceLayout;
  readonly log: LogFile;
  readonly runId: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly cacheHome: string;
  readonly sourceLimits: SourceLimits;
  readonly buildLimits: BuildLimits;
  readonly processes: ProcessTable;
  readonly signal: AbortSignal;
  /** Tells how far it has come. Kept in order and before the build's outcome, while the build goes on. */
  report(change: (progress: DeploymentProgress) => DeploymentProgress): void;
}

export type BuildOutcome =
  | {
      readonly kind: 'published';
      readonly artifact: string;
      readonly artifactBytes: number;
      readonly buildPlan: BuildPlan;
    }
  | { readonly kind: 'failed'; readonly reason: Reason }
  | { readonly kind: 'address-expired' };

const steps: readonly StepName[] = ['fetch', 'plan', 'build', 'publish'];

class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(`The build failed: ${reason.code}`);
    this.reason = reason;
  }
}

/**
 * Takes up the deployment's artifact where that exists; null where it has none or it is gone, and must be built.
 * @throws nothing of its own: a plan that no longer works out is a failed outcome.
 */
export async function reuseArtifact(input: BuildInput): Promise<BuildOutcome | null> {
  const { deployment, layout, log, report } = input;
  const { artifact, source, overrides } = deployment;
  if (artifact === null) return null;
  const release = await readRelease(layout, artifact);
  if (release === null) {
    notice(log, 'artifact_missing', 'The earlier build is no longer kept: building the commit again.');
    return null;
  }
  const { result } = planLocally(release.source, source.rootDirectory, overrides);
  if (!result.ok) return { kind: 'failed', reason: planReason(result.failure) };
  report((progress) => stepsSkipped(progress, steps, Date.now()));
  notice(log, 'artifact_reused', 'Using the earlier build of this commit: nothing to build.');
  return { kind: 'published', artifact, artifactBytes: release.bytes, buildPlan: result.plan };
}

/** Fetch, plan, build, publish. @throws the signal's reason when that aborts. */
export async function buildDeployment(input: BuildInput): Promise<BuildOutcome> {
  const { deployment, layout, log, signal } = input;
  const artifact = artifactOf(deployment.deploymentId);
  try {
    await rm(releaseFolder(layout, artifact), { recursive: true, force: true });
    await fetchStep(input, artifact);
    const { source, buildPlan } = await planStep(input, artifact);
    const artifactBytes = await step(input, 'build', () => buildStep(input, artifact, buildPlan), { buildPlan });
    await step(input, 'publish', () =>
      writeRelease(layout, artifact, { version: 1, plan: buildPlan, bytes: artifactBytes, source }),
    );
    notice(log, 'build_succeeded', 'Built.');
    return { kind: 'published', artifact, artifactBytes, buildPlan };
  } catch (error) {
    await rm(releaseFolder(layout, artifact), { recursive: true, force: true });
    signal.throwIfAborted();
    if (error instanceof ArchiveAddressExpired) return { kind: 'address-expired' };
    if (!(error instanceof SourceError) && !(error instanceof BuildFailure)) throw error;
    notice(log, 'build_failed', `The build failed: ${error.reason.code}`, { reason: error.reason.code });
    return { kind: 'failed', reason: error.reason };
  }
}

async function fetchStep(input: BuildInput, artifact: string): Promise<void> {
  const { deployment, layout, log, sourceLimits, signal } = input;
  const { repository, commitSha, archiveUrl } = deployment.source;
  await step(input, 'fetch', async () => {
    const values = { repository, commit: commitSha.slice(0, 7) };
    notice(log, 'fetching', `Fetching ${repository} at ${values.commit}`, values);
    await fetchSource({ archiveUrl, folder: treeFolder(layout, artifact), limits: sourceLimits, signal });
  });
}

async function planStep(input: BuildInput, artifact: string): Promise<{ source: SourceFiles; buildPlan: BuildPlan }> {
  const { deployment, layout, log } = input;
  const { rootDirectory } = deployment.source;
  return await step(input, 'plan', async () => {
    const source = await readSourceFiles(treeFolder(layout, artifact), rootDirectory);
    const plan = planLocally(source, rootDirectory, deployment.overrides);
    if (!plan.result.ok) throw new BuildFailure(planReason(plan.result.failure));
    const buildPlan = plan.result.plan;
    if (buildPlan.runtime === 'docker') {
      input.report((progress) => ({ ...progress, buildPlan }));
      throw new BuildFailure({ code: 'unsupported_runtime', params: { runtime: 'docker' } });
    }
    tellDifferences(log, plan, buildPlan);
    return { source, buildPlan };
  });
}

/** What this machine does otherwise than the plan says. */
function tellDifferences(log: LogFile, { withoutDockerfile }: LocalPlan, plan: BuildPlan): void {
  if (withoutDockerfile) {
    notice(
      log,
      'dockerfile_ignored',
      'This engine runs no containers: the Dockerfile is left out, the rest of the repository says enough.',
    );
  }
  const running = process.versions.node;
  if (
    plan.runtime === 'node' &&
    plan.runtimeVersion !== null &&
    running.split('.')[0] !== plan.runtimeVersion.split('.')[0]
  ) {
    const values = { planned: plan.runtimeVersion, running };
    notice(
      log,
      'node_version',
      `The repository asks for Node ${values.planned}; this machine runs Node ${running}.`,
      values,
    );
  }
  if (plan.systemPackages.length > 0) {
    const packages = plan.systemPackages.join(', ');
    notice(log, 'system_packages', `This engine installs no system packages. Needed on this machine: ${packages}`, {
      packages,
    });
  }
}

/** Returns what the built tree takes on disk, in bytes. */
async function buildStep(input: BuildInput, artifact: string, plan: BuildPlan): Promise<number> {
  const commands = [
    { name: 'install' as const, command: plan.installCommand },
    { name: 'build' as const, command: plan.buildCommand },
  ];
  const startedAt = Date.now();
  await mkdir(input.cacheHome, { recursive: true, mode: 0o700 });
  const limitedFolder = releaseFolder(input.layout, artifact);
  const folder = join(treeFolder(input.layout, artifact), plan.rootDirectory);
  let bytes: number | null = null;
  for (const { name, command } of commands) {
    if (command === null) continue;
    const outputFrom = notice(input.log, 'command', `$ ${command}`, { step: name, command });
    const end = await runCommand({ ...input, command, folder, limitedFolder, limits: input.buildLimits, startedAt });
    if (end.kind === 'limit') throw new BuildFailure(limitReason(end, command, input.buildLimits));
    if (end.exitCode !== 0) {
      const output = await outputTail(input.log, outputFrom);
      throw new BuildFailure(classifyFailure({ step: name, command, exitCode: end.exitCode, output }));
    }
    bytes = end.bytes;
  }
  bytes ??= await folderBytes(limitedFolder);
  if (bytes > input.buildLimits.folderBytes) {
    throw new BuildFailure(limitReason({ kind: 'limit', limit: 'folder' }, '', input.buildLimits));
  }
  return bytes;
}

function limitReason(end: LimitBroken, command: string, limits: BuildLimits): Reason {
  const megabytes = (bytes: number) => String(Math.round(bytes / 1_048_576));
  switch (end.limit) {
    case 'time':
      return { code: 'build_timed_out', params: { command, minutes: String(Math.round(limits.timeoutMs / 60_000)) } };
    case 'memory':
      return { code: 'build_out_of_memory', params: { command, limitMb: megabytes(limits.memoryBytes) } };
    case 'output':
      return { code: 'build_output_too_large', params: { command, limitMb: megabytes(limits.outputBytes) } };
    case 'folder':
      return { code: 'build_too_large', params: { command, limitMb: megabytes(limits.folderBytes) } };
  }
}

/** `learned` is told with the step's begin, its end with the begin of the next one. */
async function step<T>(
  input: BuildInput,
  name: StepName,
  work: () => Promise<T>,
  learned: Partial<DeploymentProgress> = {},
): Promise<T> {
  input.signal.throwIfAborted();
  const now = Date.now();
  input.report((progress) => nextStep({ ...progress, ...learned, status: 'building' }, name, now));
  const result = await work();
  input.signal.throwIfAborted();
  return result;
}
