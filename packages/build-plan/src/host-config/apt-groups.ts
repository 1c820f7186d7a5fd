import type { Findings } from '../finding.ts';
import type { HostSetting } from './host-config.ts';

/** Groups of `discloud.config`'s APT setting as packages of Debian 12. */
const packagesOfGroup = new Map<string, readonly string[]>([
  ['canvas', ['libcairo2', 'libgif7', 'libjpeg62-turbo', 'libpango-1.0-0', 'libpangocairo-1.0-0', 'librsvg2-2']],
  ['chromium', ['chromium']],
  ['ffmpeg', ['ffmpeg']],
  ['git', ['git']],
  ['imagemagick', ['imagemagick']],
  ['java', ['default-jre-headless']],
  ['libgl', ['libgl1', 'libglib2.0-0']],
  ['openssl', ['openssl']],
  ['playwright', ['chromium']],
  ['puppeteer', ['chromium']],
  ['python', ['python3']],
  ['tesseract', ['tesseract-ocr']],
  ['tools', ['curl', 'git', 'unzip', 'zip']],
]);

export function aptPackages(groups: readonly HostSetting[], findings: Findings): string[] {
  return groups.flatMap(({ file, value }) => {
    const packages = packagesOfGroup.get(value);
    if (!packages) findings.add('apt_group_unknown', file, value);
    return packages ?? [];
  });
}
