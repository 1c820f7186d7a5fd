import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPackages } from './find-packages.ts';
import { debianPackages, npmPackage, pythonPackage } from './package-texts.ts';
import { packageUrl, spdxStatement } from './spdx.ts';

describe('the software bill of materials', () => {
  it('finds Debian, npm and Python packages, each version once, and follows no links', async () => {
    const root = await mkdtemp(join(tmpdir(), 'zarpa-sbom-'));
    const files = {
      'var/lib/dpkg/status':
        'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\nPackage: old\nStatus: deinstall ok config-files\nVersion: 1\n',
      'app/node_modules/ms/package.json': '{"name":"ms","version":"2.1.3","license":"MIT"}',
      'app/node_modules/a/node_modules/ms/package.json': '{"name":"ms","version":"2.1.3"}',
      'app/node_modules/@acme/b/package.json': '{"name":"@acme/b","version":"1.0.0"}',
      'app/package.json': '{"name":"the-bot","version":"0.0.0"}',
      'venv/lib/Flask-3.0.0.dist-info/METADATA': 'Name: Flask\nVersion: 3.0.0\n\nVersion: none\n',
      'proc/node_modules/x/package.json': '{"name":"x","version":"1"}',
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await symlink('/', join(root, 'app/node_modules/everything'));
    const found = (await findPackages(root)).map(({ type, name, version }) => `${type} ${name} ${version}`);
    await rm(root, { recursive: true });
    expect(found).toEqual(['deb libc6 2.36-9', 'npm @acme/b 1.0.0', 'npm ms 2.1.3', 'pypi Flask 3.0.0']);
  });

  it('malformed input: leaves out what is no package', () => {
    expect(debianPackages('')).toEqual([]);
    expect(npmPackage('{')).toBeNull();
    expect(npmPackage('{"name":1}')).toBeNull();
    expect(pythonPackage('Name: x')).toBeNull();
  });

  it('is a statement that BuildKit and other tools read', () => {
    const one = { type: 'npm' as const, name: '@acme/b', version: '1.0.0', license: 'MIT' };
    expect(packageUrl(one)).toBe('pkg:npm/%40acme/b@1.0.0');
    expect(spdxStatement('image', [one], new Date(0))).toMatchObject({
      predicateType: 'https://spdx.dev/Document',
      predicate: {
        spdxVersion: 'SPDX-2.3',
        creationInfo: { created: '1970-01-01T00:00:00Z' },
        packages: [{ SPDXID: 'SPDXRef-Package-0', name: '@acme/b', versionInfo: '1.0.0', licenseDeclared: 'MIT' }],
      },
    });
  });
});
