import { stripVTControlCharacters } from 'node:util';
import type { Reason } from '@zarpa/contracts';

/** What package managers print about a package or version that does not exist; the first group is its name. */
const missingPackage = [
  /404\s+(?:The requested resource )?'((?:@[^/'\s]+\/)?[^@'\s]+)@[^']*' (?:is not in this registry|could not be found)/,
  /No matching version found for ((?:@[^/\s]+\/)?[^@\s]+)@/,
  /ERR_PNPM_FETCH_404\s+GET\s+\S+\/((?:@[^/\s]+(?:\/|%2[fF]))?[^/\s]+): Not Found/,
  /Couldn't find (?:package|any versions for) "((?:@[^/"\s]+\/)?[^@"\s]+)/,
  /An unexpected error occurred: "https?:\/\/[^"\s]+\/((?:@[^/"\s]+(?:\/|%2[fF]))?[^/"\s]+): Not found"/,
  /YN0035:.*?((?:@[^/\s]+\/)?[^@\s│]+)@[^\s]*: Package not found/,
  /error: GET https?:\/\/\S+\/((?:@[^/\s]+(?:\/|%2[fF]))?[^/\s]+) - 404/,
  /error: No version matching .* found for specifier "((?:@[^/"\s]+\/)?[^@"\s]+)/,
  /No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]*)/,
  /Because ([A-Za-z0-9][A-Za-z0-9._-]*) was not found in the package registry/,
];

/** Pure: why an install or build command failed, by its last output. */
export function classifyFailure(failure: {
  step: 'install' | 'build';
  command: string;
  exitCode: number | null;
  output: string;
}): Reason {
  const { step, command, exitCode, output } = failure;
  const params = { command, exitCode: String(exitCode ?? '') };
  if (step === 'build') return { code: 'build_failed', params };
  const text = stripVTControlCharacters(output);
  // pip calls a package missing also where it reached no index at all.
  if (text.includes('connection broken by')) return { code: 'install_failed', params };
  for (const pattern of missingPackage) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return { code: 'dependency_not_found', params: { ...params, package: decodeName(name) } };
  }
  return { code: 'install_failed', params };
}

const decodeName = (name: string): string => name.replace(/%2f/i, '/').slice(0, 200);
