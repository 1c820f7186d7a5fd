import semver from 'semver';
import type { Findings } from '../finding.ts';
import type { HostConfig } from '../host-config/host-config.ts';
import type { Folder } from '../repository/repository-files.ts';

const offeredMinors = [12, 13, 11, 10] as const;
const defaultVersion = '3.12';
const newest = /^(?:recommended|latest|current|lts|suja|3|\*)?$/i;
const longestRange = 100;

/** The `3.<minor>` version of Python that the repository asks for, among those offered. */
export function choosePythonVersion(
  folder: Folder,
  requiresPython: string | null,
  { version }: HostConfig,
  findings: Findings,
): string {
  const files = ['.python-version', 'runtime.txt'].map((name) => ({
    file: folder.path(name),
    value:
      (folder.read(name) ?? '')
        .trim()
        .split(/\s/, 1)[0]
        ?.replace(/^c?python-/, '') ?? '',
  }));
  const project = { file: folder.path('pyproject.toml'), value: requiresPython ?? '' };
  for (const { file, value } of [...(version ? [version] : []), ...files, project]) {
    if (newest.test(value)) continue;
    const range = toSemver(value);
    if (range === null) findings.add('runtime_version_unreadable', file, value);
    else return chooseMinor(range, file, findings);
  }
  findings.add('runtime_version_default', null, defaultVersion);
  return defaultVersion;
}

/** PEP 440 clauses (`>=3.10,<3.13`, `~=3.11`, `==3.12.*`) as a semver range. */
function toSemver(text: string): string | null {
  if (text.length > longestRange) return null;
  const clauses = text
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && !clause.startsWith('!='));
  return semver.validRange(clauses.map(toSemverClause).join(' '));
}

/** `~=3.10` allows every later minor version, `~=3.10.2` only later patches. */
function toSemverClause(clause: string): string {
  const compatible = /^~=\s*(\d+\.\d+)(\.\d+)?$/.exec(clause);
  if (compatible) return compatible[2] ? `~${compatible[1]}${compatible[2]}` : `^${compatible[1]}.0`;
  return clause.replace(/^===?\s*/, '').replace(/\.\*$/, '.x');
}

function chooseMinor(range: string, file: string, findings: Findings): string {
  const fitting = offeredMinors.find((minor) => semver.intersects(range, `3.${minor}.x`));
  if (fitting) {
    findings.add('runtime_version_found', file, `3.${fitting}`);
    return `3.${fitting}`;
  }
  const lowest = semver.minVersion(range);
  const wanted = lowest?.major === 3 ? lowest.minor : (lowest?.major ?? 3) < 3 ? 0 : Number.POSITIVE_INFINITY;
  const nearest = Math.min(Math.max(wanted, Math.min(...offeredMinors)), Math.max(...offeredMinors));
  findings.add('runtime_version_unsupported', file, `3.${nearest}`);
  return `3.${nearest}`;
}
