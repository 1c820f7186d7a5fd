import type { BuildPlan } from '@zarpa/contracts';
import { singleLine } from './command/single-line.ts';

/**
 * Every code that `plan.findings` can carry, for an interface to translate. `file` is where it was found and `value`
 * what was found; the comment beside a code says what its value is, codes without one have no value.
 */
export const findingCodes = [
  /** The repository's own Dockerfile is used as it is. */
  'dockerfile_found',
  /** Install and build commands were set by the owner, but a Dockerfile decides them. */
  'override_ignored',
  'package_json_found',
  /** value: the `packageManager` field. */
  'package_manager_field',
  /** The lockfile decides the package manager and is installed exactly. value: the package manager. */
  'lockfile_found',
  /** Nothing pins the versions: each install may bring newer ones. */
  'lockfile_missing',
  /** The folder belongs to a workspace, which is installed as a whole. value: the workspace's folder, empty for the root. */
  'workspace_found',
  /** Neither dependencies nor a lockfile: nothing to install. */
  'no_dependencies',
  /** `node_modules` is in the repository: it is installed anew, better to remove it. */
  'node_modules_committed',
  /** value: the runtime's version, which a file asks for. */
  'runtime_version_found',
  /** No file asks for a version. value: the default. */
  'runtime_version_default',
  /** The version asked for is not offered. value: the nearest one that is. */
  'runtime_version_unsupported',
  /** The version asked for can not be understood. value: as written. */
  'runtime_version_unreadable',
  /** Node 20 can not run TypeScript by itself. value: the version used instead. */
  'runtime_version_raised_for_typescript',
  /** value: the `build` script. */
  'build_script_found',
  /** TypeScript without a build script: compiled with `tsc`. value: the command. */
  'typescript_compiled',
  /** Building is done once, at deployment, and not at each start. value: the steps moved. */
  'build_moved_from_start',
  /** value: BUILD of the host's file. */
  'build_from_host_config',
  /** Set by the owner. value: the command. */
  'install_overridden',
  'build_overridden',
  'start_overridden',
  /** value: START or MAIN of the host's file. */
  'start_from_host_config',
  /** value: the Procfile's line. */
  'start_from_procfile',
  /** value: the script's text. */
  'start_from_script',
  /** value: the `main` field. */
  'start_from_main_field',
  /** A file with a usual name. value: the file. */
  'start_from_known_file',
  /** value: the entry of `[project.scripts]`. */
  'start_from_project_script',
  /** The script is too elaborate to be run without npm, so a stop takes longer. value: the script's name. */
  'start_kept_in_npm',
  /** The platform restarts bots itself. value: the program left out (`nodemon`, `pm2`, ...). */
  'supervisor_replaced',
  /** Node runs TypeScript by removing its types: `enum`, `namespace` and decorators are not supported. value: the file. */
  'type_stripping',
  /** The start command names a file that is neither in the repository nor built. value: the file. */
  'start_file_missing',
  /** MAIN of the host's file does not exist. value: MAIN. */
  'host_config_main_missing',
  /** `squarecloud.app` or `discloud.config` was read. */
  'host_config_found',
  /** An APT group of `discloud.config` that is not offered. value: the group. */
  'apt_group_unknown',
  /** value: the Debian package, which a dependency needs. */
  'system_package_needed',
  /** Python's files were recognised. value: the installer (`pip`, `uv`, `poetry`). */
  'python_manifest_found',
  /** A single file without a list of dependencies. value: the file. */
  'single_file_found',
] as const;

/** One of {@link findingCodes}. */
export type FindingCode = (typeof findingCodes)[number];

/** One thing recognised, in the shape of the plan's contract. */
export type Finding = BuildPlan['findings'][number] & { code: FindingCode };

const longestValue = 200;

export interface Findings {
  add(code: FindingCode, file?: string | null, value?: string | null): void;
  list(): Finding[];
}

export function collectFindings(): Findings {
  const findings: Finding[] = [];
  return {
    add(code, file = null, value = null) {
      findings.push({ code, file, value: value === null ? null : singleLine(value).slice(0, longestValue) });
    },
    list: () => findings,
  };
}
