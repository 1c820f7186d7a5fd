import { createHash } from 'node:crypto';
import type { SoftwarePackage } from './package-texts.ts';

/** Pure: an in-toto statement with an SPDX 2.3 document, as BuildKit attaches to an image. BuildKit names its subject. */
export function spdxStatement(name: string, packages: readonly SoftwarePackage[], now: Date): object {
  const content = createHash('sha256').update(JSON.stringify(packages)).digest('hex');
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://spdx.dev/Document',
    subject: [],
    predicate: {
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: 'SPDXRef-DOCUMENT',
      name,
      documentNamespace: `urn:zarpa:sbom:${content}`,
      creationInfo: { created: now.toISOString().replace(/\.\d+Z$/, 'Z'), creators: ['Tool: zarpa-sbom'] },
      packages: packages.map((one, index) => spdxPackage(one, index)),
      relationships: packages.map((_, index) => ({
        spdxElementId: 'SPDXRef-DOCUMENT',
        relationshipType: 'DESCRIBES',
        relatedSpdxElement: `SPDXRef-Package-${index}`,
      })),
    },
  };
}

const spdxPackage = (one: SoftwarePackage, index: number): object => ({
  SPDXID: `SPDXRef-Package-${index}`,
  name: one.name,
  versionInfo: one.version,
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseDeclared: one.license !== null && /^[A-Za-z0-9.+-]+$/.test(one.license) ? one.license : 'NOASSERTION',
  licenseConcluded: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
  externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: packageUrl(one) }],
});

/** Pure. */
export function packageUrl({ type, name, version }: SoftwarePackage): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  const distribution = type === 'deb' ? 'debian/' : '';
  return `pkg:${type}/${distribution}${type === 'pypi' ? path.toLowerCase() : path}@${encodeURIComponent(version)}`;
}
