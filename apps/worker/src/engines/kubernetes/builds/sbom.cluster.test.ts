import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { BuildWorld } from './testing/build-world.ts';

const Index = z.object({
  manifests: z.array(z.object({ digest: z.string(), annotations: z.record(z.string(), z.string()).optional() })),
});
const Attestations = z.object({
  layers: z.array(z.object({ digest: z.string(), annotations: z.record(z.string(), z.string()) })),
});

/** The image of the scanner, built as the platform's own images are: beside those of the bots. */
async function scannerImage(): Promise<string> {
  await using world = await BuildWorld.open();
  const program = await readFile(new URL('../../../../dist/builder/sbom.mjs', import.meta.url), 'utf8');
  const Dockerfile = 'FROM node:24-bookworm-slim\nCOPY sbom.mjs /sbom.mjs\nENTRYPOINT ["node", "/sbom.mjs"]\n';
  const { report } = await world.built(await world.request({ Dockerfile, 'sbom.mjs': program }));
  if (report.outcome.state !== 'published') throw new Error(JSON.stringify(report.outcome));
  return report.outcome.artifact;
}

it('stores a bill of materials and the provenance with the image', { timeout: 400_000 }, async () => {
  const sbomScannerImage = await scannerImage();
  await using world = await BuildWorld.open({}, { sbomScannerImage });
  const files = {
    'package.json': '{"name":"bot","scripts":{"start":"node index.js"},"dependencies":{"ms":"2.1.3"}}',
    'index.js': '',
  };
  const request = await world.request(files);
  const { report } = await world.built(request);
  const artifact = report.outcome.state === 'published' ? report.outcome.artifact : JSON.stringify(report.outcome);
  const { host, path, username, password } = world.settings.registry;
  const authorization = `Basic ${Buffer.from(`${username}:${password?.reveal()}`).toString('base64')}`;
  const get = async (what: string): Promise<unknown> => {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    const url = `http://${host}/v2/${path}/${request.instanceId}/${what}`;
    return await (await fetch(url, { headers: { authorization, accept } })).json();
  };
  const { manifests } = Index.parse(await get(`manifests/${artifact.slice(artifact.indexOf('@') + 1)}`));
  const attested = manifests.find(({ annotations }) => annotations?.['vnd.docker.reference.type'] !== undefined);
  const { layers } = Attestations.parse(await get(`manifests/${attested?.digest}`));
  const statements = new Map(
    layers.map(({ digest, annotations }) => [annotations['in-toto.io/predicate-type'], digest]),
  );
  expect([...statements.keys()]).toEqual(
    expect.arrayContaining(['https://spdx.dev/Document', expect.stringContaining('slsa.dev/provenance')]),
  );
  expect(await get(`blobs/${statements.get('https://spdx.dev/Document')}`)).toMatchObject({
    predicate: {
      packages: expect.arrayContaining([
        expect.objectContaining({ name: 'ms', versionInfo: '2.1.3' }),
        expect.objectContaining({ name: 'libc6' }),
      ]),
    },
  });
});
