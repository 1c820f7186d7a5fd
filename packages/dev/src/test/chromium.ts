import { hasApt, installDebianPackages } from '../services/debian.ts';
import { findProgram } from '../start/programs.ts';
import { Problem } from '../terminal/problem.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser of the end-to-end tests: the one given, one on the PATH, or Debian's, installed where that may be done. */
export async function ensureChromium(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const found = environment.CHROMIUM_PATH || findChromium(environment);
  if (found) return found;
  if (hasApt() && process.getuid?.() === 0) {
    await installDebianPackages(['chromium']);
    const installed = findChromium(environment);
    if (installed) return installed;
  }
  throw new Problem(
    'The end-to-end tests need Chromium. Install it (on Debian, as root: apt-get install -y chromium), or set CHROMIUM_PATH.',
  );
}

function findChromium(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return names.map((name) => findProgram(name, environment)).find((path) => path !== undefined);
}
