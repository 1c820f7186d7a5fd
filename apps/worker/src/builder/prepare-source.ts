import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildPlan } from '@zarpa/contracts';
import { fetchSource } from '../engines/source/fetch-source.ts';
import { ArchiveAddressExpired, SourceError } from '../engines/source/source-error.ts';
import { planOf, planReason, readSourceFiles } from '../engines/source/source-files.ts';
import { type SourceInput, type SourceNotice, type SourceOutcome, workFolders } from './source-outcome.ts';

/** An address younger than this cannot have expired: what it answers is about the source. */
const addressIsFreshMs = 60_000;
/** Of a repository's own Dockerfile, so much is told; all of it is used. */
const toldDockerfileChars = 32_768;
const longestLabel = 100_000;

/** Fetches, checks and plans a repository, and leaves in `folder` what BuildKit needs. */
export async function prepareSource(options: {
  input: SourceInput;
  folder: string;
  tell: (notice: SourceNotice) => void;
}): Promise<SourceOutcome> {
  const { input, folder, tell } = options;
  const startedAt = Date.now();
  const times = () => ({ startedAt, fetchedAt, endedAt: Date.now() });
  let fetchedAt: number | null = null;
  const tree = join(folder, workFolders.tree);
  const { repository, rootDirectory } = input;
  const commit = input.commitSha.slice(0, 7);
  if (input.artifactMissing) {
    const text = 'The earlier build is no longer kept: building the commit again.';
    tell({ notice: 'artifact_missing', text, data: {} });
  }
  tell({ notice: 'fetching', text: `Fetching ${repository} at ${commit}`, data: { repository, commit } });
  try {
    await fetchSource({
      archiveUrl: input.archiveUrl,
      folder: tree,
      limits: input.limits,
      signal: new AbortController().signal,
      expired: (status) => hasExpired(status, startedAt - input.addressMadeAt),
    });
  } catch (error) {
    if (error instanceof ArchiveAddressExpired) return { outcome: 'address-expired', ...times() };
    if (error instanceof SourceError) return { outcome: 'failed', reason: error.reason, ...times() };
    throw error;
  }
  fetchedAt = Date.now();
  const source = await readSourceFiles(tree, rootDirectory);
  const result = planOf(source, source.paths, rootDirectory, input.overrides);
  if (!result.ok) return { outcome: 'failed', reason: planReason(result.failure), ...times() };
  await writePlan(folder, result.plan);
  tell(plannedNotice(result.plan));
  return { outcome: 'planned', buildPlan: toldPlan(result.plan), ...times() };
}

const hasExpired = (status: number, addressAgeMs: number): boolean =>
  status === 410 || ((status === 403 || status === 404) && addressAgeMs > addressIsFreshMs);

/** A repository's own Dockerfile is built in its own folder, a written one at the repository's root. */
async function writePlan(folder: string, plan: BuildPlan): Promise<void> {
  const target = join(folder, workFolders.plan);
  const tree = join(folder, workFolders.tree);
  const own = plan.runtime === 'docker';
  await mkdir(target, { recursive: true });
  if (own) await copyFile(join(tree, plan.rootDirectory, 'Dockerfile'), join(target, 'Dockerfile'));
  else await writeFile(join(target, 'Dockerfile'), plan.dockerfile);
  await writeFile(join(target, 'plan.base64'), planLabelOf(toldPlan(plan)));
  await writeFile(join(target, 'context'), own ? join(tree, plan.rootDirectory) : tree);
}

function plannedNotice({ runtime, runtimeVersion }: BuildPlan): SourceNotice {
  const text =
    runtime === 'docker'
      ? "Building with the repository's Dockerfile"
      : `Building for ${runtime} ${runtimeVersion ?? ''}`;
  return { notice: 'planned', text: text.trim(), data: { runtime, version: runtimeVersion ?? '' } };
}

const toldPlan = (plan: BuildPlan): BuildPlan => ({
  ...plan,
  dockerfile: plan.dockerfile.slice(0, toldDockerfileChars),
});

/** It becomes one argument of a command: 128 KB are the most that Linux takes. */
function planLabelOf(plan: BuildPlan): string {
  const label = Buffer.from(JSON.stringify(plan)).toString('base64');
  return label.length <= longestLabel
    ? label
    : Buffer.from(JSON.stringify({ ...plan, dockerfile: '', findings: [] })).toString('base64');
}
