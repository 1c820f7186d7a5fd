import semver from 'semver';
import type { Findings } from '../finding.ts';
import type { HostConfig, HostSetting } from '../host-config/host-config.ts';
import type { Folder } from '../repository/repository-files.ts';

const offeredMajors = [24, 22, 20] as const;
const defaultMajor = 24;
const majorOfCodename = new Map([
  ['iron', 20],
  ['jod', 22],
  ['krypton', 24],
]);
const newest = /^(?:recommended|latest|current|lts|suja|node|stable|lts\/\*|lts\/-\d+|\*)?$/i;
const longestRange = 100;

/** The major version of Node that the repository asks for, among those offered. */
export function chooseNodeVersion(
  folder: Folder,
  enginesNode: string | null,
  { version }: HostConfig,
  findings: Findings,
): string {
  for (const { file, value } of versionSources(folder, enginesNode, version)) {
    const range = toRange(value);
    if (range === null) findings.add('runtime_version_unreadable', file, value);
    else return String(chooseMajor(range, file, findings));
  }
  findings.add('runtime_version_default', null, String(defaultMajor));
  return String(defaultMajor);
}

function versionSources(folder: Folder, enginesNode: string | null, hostVersion: HostSetting | null): HostSetting[] {
  const files = ['.nvmrc', '.node-version'].flatMap((name) => {
    const value = (folder.read(name) ?? '').split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
    return value ? [{ file: folder.path(name), value: value.trim() }] : [];
  });
  const engines = enginesNode ? [{ file: folder.path('package.json'), value: enginesNode.trim() }] : [];
  return [...(hostVersion ? [hostVersion] : []), ...files, ...engines].filter(({ value }) => !newest.test(value));
}

function toRange(text: string): string | null {
  if (text.length > longestRange) return null;
  const codename = majorOfCodename.get(text.toLowerCase().replace(/^lts\//, ''));
  return codename ? `${codename}.x` : semver.validRange(text);
}

function chooseMajor(range: string, file: string, findings: Findings): number {
  const fitting = offeredMajors.find((major) => semver.intersects(range, `${major}.x`));
  if (fitting) {
    findings.add('runtime_version_found', file, String(fitting));
    return fitting;
  }
  const wanted = semver.minVersion(range)?.major ?? defaultMajor;
  const nearest = offeredMajors.reduce((best, major) =>
    Math.abs(major - wanted) < Math.abs(best - wanted) ? major : best,
  );
  findings.add('runtime_version_unsupported', file, String(nearest));
  return nearest;
}
