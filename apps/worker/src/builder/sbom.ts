import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findPackages } from './sbom/find-packages.ts';
import { spdxStatement } from './sbom/spdx.ts';

// BuildKit's protocol for generators of software bills of materials:
// https://github.com/moby/buildkit/blob/master/docs/attestations/sbom-protocol.md
const { BUILDKIT_SCAN_SOURCE, BUILDKIT_SCAN_SOURCE_EXTRAS, BUILDKIT_SCAN_DESTINATION } = process.env;
if (!BUILDKIT_SCAN_SOURCE || !BUILDKIT_SCAN_DESTINATION) {
  throw new Error('BUILDKIT_SCAN_SOURCE and BUILDKIT_SCAN_DESTINATION must be set');
}
const extras = BUILDKIT_SCAN_SOURCE_EXTRAS
  ? (await readdir(BUILDKIT_SCAN_SOURCE_EXTRAS).catch((): string[] => [])).map((name) =>
      join(BUILDKIT_SCAN_SOURCE_EXTRAS, name),
    )
  : [];
for (const root of [BUILDKIT_SCAN_SOURCE, ...extras]) {
  const packages = await findPackages(root);
  const statement = spdxStatement(basename(root), packages, new Date());
  await writeFile(join(BUILDKIT_SCAN_DESTINATION, `${basename(root)}.spdx.json`), JSON.stringify(statement));
  process.stdout.write(`Found ${packages.length} packages in ${basename(root)}\n`);
}
