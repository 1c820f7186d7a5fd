import semver from 'semver';
import type { Findings } from '../finding.ts';
import type { PackageJson } from './package-json.ts';

const packagesOfDependency = new Map<string, readonly string[]>([
  ['puppeteer', ['chromium']],
  ['puppeteer-core', ['chromium']],
  ['puppeteer-extra', ['chromium']],
  ['whatsapp-web.js', ['chromium']],
  ['venom-bot', ['chromium']],
  ['@wppconnect-team/wppconnect', ['chromium']],
  ['@open-wa/wa-automate', ['chromium']],
  ['fluent-ffmpeg', ['ffmpeg']],
  ['ffmpeg', ['ffmpeg']],
  ['wa-sticker-formatter', ['ffmpeg']],
  ['gm', ['imagemagick']],
  ['imagemagick', ['imagemagick']],
  ['node-tesseract-ocr', ['tesseract-ocr']],
  ['simple-git', ['git']],
]);

/** Packages whose binaries are compiled where no ready-made one fits. */
const compiledDependencies = [
  'better-sqlite3',
  'sqlite3',
  'bcrypt',
  'canvas',
  'sodium-native',
  '@discordjs/opus',
  'node-pty',
  'node-gyp',
];
const compiler = ['g++', 'make', 'python3'];

const gitAddress = /^(?:git(?:\+|:)|git@|github:|gitlab:|bitbucket:|[\w.-]+\/[\w.-]+(?:#|$)|https:\/\/github\.com\/)/;

/** Debian packages that the dependencies need when they run. */
export function nodeSystemPackages({ dependencies }: PackageJson, file: string, findings: Findings): string[] {
  const needed = new Set<string>();
  const add = (name: string) => {
    if (!needed.has(name)) findings.add('system_package_needed', file, name);
    needed.add(name);
  };
  for (const [name, range] of dependencies) {
    for (const packageName of packagesOfDependency.get(name) ?? []) add(packageName);
    if (gitAddress.test(range) || isOldBaileys(name, range)) add('git');
  }
  return [...needed];
}

/** Debian packages for the build alone. */
export const nodeBuildPackages = ({ dependencies }: PackageJson): string[] =>
  compiledDependencies.some((name) => dependencies.has(name)) ? compiler : [];

/** Baileys before 7 takes libsignal from a git address. */
function isOldBaileys(name: string, range: string): boolean {
  if (name !== '@whiskeysockets/baileys' && name !== 'baileys') return false;
  const lowest = range.length > 100 || !semver.validRange(range) ? null : semver.minVersion(range);
  return lowest !== null && lowest.major < 7;
}
