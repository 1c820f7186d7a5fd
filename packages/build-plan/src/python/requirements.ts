import type { Findings } from '../finding.ts';

const packagesOfDependency = new Map<string, readonly string[]>([
  ['selenium', ['chromium', 'chromium-driver']],
  ['undetected-chromedriver', ['chromium', 'chromium-driver']],
  ['pyppeteer', ['chromium']],
  ['ffmpeg-python', ['ffmpeg']],
  ['pydub', ['ffmpeg']],
  ['moviepy', ['ffmpeg']],
  ['yt-dlp', ['ffmpeg']],
  ['opencv-python', ['libgl1', 'libglib2.0-0']],
  ['pyzbar', ['libzbar0']],
  ['pytesseract', ['tesseract-ocr']],
  ['python-magic', ['libmagic1']],
  ['neonize', ['libmagic1']],
  ['psycopg2', ['libpq5']],
  ['gitpython', ['git']],
]);

const compiledDependencies = new Map<string, readonly string[]>([['psycopg2', ['gcc', 'libc6-dev', 'libpq-dev']]]);

/** The lines of requirements.txt that name a package or an address. */
export const requirementLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');

/** Whether a list of requirements refers to other files of the repository. */
export const readsOtherFiles = (lines: readonly string[]): boolean =>
  lines.some((line) => /^-|^[./]|(?:^|@\s*)file:/.test(line));

const nameOf = (requirement: string): string =>
  (/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(requirement)?.[0] ?? '').toLowerCase().replace(/[._-]+/g, '-');

/** Debian packages that the dependencies need when they run. */
export function pythonSystemPackages(requirements: readonly string[], file: string, findings: Findings): string[] {
  const needed = requirements.flatMap((requirement) => [
    ...(packagesOfDependency.get(nameOf(requirement)) ?? []),
    ...(requirement.includes('git+') ? ['git'] : []),
  ]);
  const packages = [...new Set(needed)];
  for (const name of packages) findings.add('system_package_needed', file, name);
  return packages;
}

/** Debian packages for the build alone. */
export const pythonBuildPackages = (requirements: readonly string[]): string[] => [
  ...new Set(requirements.flatMap((requirement) => compiledDependencies.get(nameOf(requirement)) ?? [])),
];
