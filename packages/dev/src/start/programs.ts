import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { hasApt, installDebianPackages } from '../services/debian.ts';
import { Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';

interface Program {
  readonly name: string;
  readonly debianPackage: string;
  readonly purpose: string;
  readonly required: boolean;
}

const programs: readonly Program[] = [
  { name: 'git', debianPackage: 'git', purpose: 'the sandbox keeps its repositories with it', required: true },
  { name: 'setsid', debianPackage: 'util-linux', purpose: 'the local engine starts bots with it', required: true },
  { name: 'flock', debianPackage: 'util-linux', purpose: 'the local engine locks bots with it', required: true },
  { name: 'python3', debianPackage: 'python3-venv', purpose: 'Python bots run with it', required: false },
];

/** Makes sure of the programs that the apps call: installs what is missing where it may, else says what to do. */
export async function ensurePrograms(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const missing = programs.filter(({ name }) => findProgram(name, environment) === undefined);
  if (missing.length === 0) return;
  if (hasApt() && process.getuid?.() === 0) {
    await installDebianPackages([...new Set(missing.map(({ debianPackage }) => debianPackage))]);
    return;
  }
  const sentences = missing.map(
    ({ name, debianPackage, purpose }) =>
      `${name} was not found: ${purpose}. Install it (on Debian, as root: apt-get install -y ${debianPackage}).`,
  );
  if (missing.some(({ required }) => required)) throw new Problem(sentences.join('\n'));
  for (const sentence of sentences) report('Note', sentence);
}

/** The path of a program that the PATH leads to. */
export function findProgram(
  name: string,
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return PATH.split(path.delimiter)
    .filter(Boolean)
    .map((directory) => path.join(directory, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
