import type { BuildPlan, CommandOverrides } from '@zarpa/contracts';
import type { Findings } from './finding.ts';
import type { HostConfig, HostSetting } from './host-config/host-config.ts';
import type { Folder } from './repository/repository-files.ts';

/** What every ecosystem's detection starts from. */
export interface DetectionInput {
  folder: Folder;
  host: HostConfig;
  procfile: HostSetting | null;
  overrides: CommandOverrides;
  findings: Findings;
}

/** What the Dockerfile needs to know beyond the plan itself. */
export interface ImageDetails {
  baseImage: string;
  /** Debian packages for the build stage alone. */
  buildPackages: readonly string[];
  /** Files that installing reads, relative to the repository; null when it may read any. */
  manifests: readonly string[] | null;
  /** Folders that package managers keep between builds. */
  caches: readonly string[];
  buildEnvironment: Readonly<Record<string, string>>;
  /** An npm package that the start command takes through npx. */
  globalPackage: string | null;
}

type Decided = Pick<
  BuildPlan,
  'runtimeVersion' | 'packageManager' | 'installCommand' | 'buildCommand' | 'systemPackages' | 'environment'
>;

export interface Detected extends Decided {
  runtime: 'node' | 'python';
  startCommand: string;
  image: ImageDetails;
}
