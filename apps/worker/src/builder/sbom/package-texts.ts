/** A piece of software in an image. */
export interface SoftwarePackage {
  readonly type: 'deb' | 'npm' | 'pypi';
  readonly name: string;
  readonly version: string;
  readonly license: string | null;
}

/** Pure: what is installed by dpkg's own list. */
export function debianPackages(status: string): SoftwarePackage[] {
  return status.split(/\n\n+/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(paragraph)?.[1];
    const name = field('Package');
    const version = field('Version');
    const isInstalled = field('Status')?.endsWith(' installed') ?? true;
    return name === undefined || version === undefined || !isInstalled
      ? []
      : [{ type: 'deb' as const, name, version, license: null }];
  });
}

/** Pure: null for what describes no installed package. */
export function npmPackage(text: string): SoftwarePackage | null {
  try {
    const { name, version, license } = JSON.parse(text) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof version !== 'string') return null;
    return { type: 'npm', name, version, license: typeof license === 'string' ? license : null };
  } catch {
    return null;
  }
}

/** Pure: the `METADATA` of a `.dist-info` folder. */
export function pythonPackage(text: string): SoftwarePackage | null {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'mi').exec(head)?.[1]?.trim();
  const name = field('Name');
  const version = field('Version');
  if (name === undefined || version === undefined) return null;
  return { type: 'pypi', name, version, license: field('License-Expression') ?? null };
}
