import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildPlan, DeploymentId } from '@zarpa/contracts';
import { z } from 'zod';
import { SourceFiles } from '../../source/source-files.ts';
import { readFileIfAny, writeFileAtomically } from '../atomic-file.ts';
import type { InstanceLayout } from '../layout.ts';

/** What is kept beside a built tree; written last, so that a release is whole or none. */
const Release = z.object({ version: z.literal(1), plan: BuildPlan, bytes: z.int().nonnegative(), source: SourceFiles });
export type Release = z.infer<typeof Release>;

const artifactPrefix = 'local:';
const releasesKept = 5;
const buildLogsKept = 20;

export const artifactOf = (deploymentId: DeploymentId): string => `${artifactPrefix}${deploymentId}`;

/**
 * The folder of an artifact's release. It is built where it will run: what tools write down in a build (virtual environments,
 * generated code) holds absolute paths.
 */
export function releaseFolder(layout: InstanceLayout, artifact: string): string {
  const name = DeploymentId.safeParse(artifact.replace(artifactPrefix, ''));
  return layout.release(artifact.startsWith(artifactPrefix) && name.success ? name.data : 'unknown');
}

export const treeFolder = (layout: InstanceLayout, artifact: string): string =>
  join(releaseFolder(layout, artifact), 'app');

/** Null where there is no such release, or it was never finished. */
export async function readRelease(layout: InstanceLayout, artifact: string): Promise<Release | null> {
  const text = await readFileIfAny(releasePath(layout, artifact));
  return text === null ? null : Release.parse(JSON.parse(text));
}

export async function writeRelease(layout: InstanceLayout, artifact: string, release: Release): Promise<void> {
  await writeFileAtomically(releasePath(layout, artifact), JSON.stringify(release));
}

export const releasePath = (layout: InstanceLayout, artifact: string): string =>
  join(releaseFolder(layout, artifact), 'release.json');

/** Removes all but the newest releases and build logs, and never those in use. */
export async function pruneReleases(layout: InstanceLayout, artifactsInUse: readonly string[]): Promise<void> {
  const inUse = new Set(artifactsInUse.map((artifact) => releaseFolder(layout, artifact)));
  const releases = (await newestFirst(layout.releases)).filter((folder) => !inUse.has(folder));
  const logs = await newestFirst(layout.builds);
  const outdated = [...releases.slice(releasesKept), ...logs.slice(buildLogsKept)];
  await Promise.all(outdated.map((folder) => rm(folder, { recursive: true, force: true })));
}

async function newestFirst(parent: string): Promise<string[]> {
  const folders = (await readdir(parent)).map((name) => join(parent, name));
  const dated = await Promise.all(folders.map(async (folder) => ({ folder, at: (await stat(folder)).mtimeMs })));
  return dated.toSorted((a, b) => b.at - a.at).map(({ folder }) => folder);
}
