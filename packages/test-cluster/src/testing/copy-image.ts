import { z } from 'zod';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const Manifest = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ digest: z.string() })),
});

interface Place {
  /** `http://host/v2/name`. */
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Copies an image of one manifest from one registry to another, by the registries' HTTP API. */
export async function copyImage(from: Place, to: Place, tag: string): Promise<void> {
  const manifest = await (await ask(from, `/manifests/${tag}`, { headers: { accept: manifestType } })).text();
  const { config, layers } = Manifest.parse(JSON.parse(manifest));
  for (const { digest } of [config, ...layers]) await copyBlob(from, to, digest);
  await ask(to, `/manifests/${tag}`, { method: 'PUT', body: manifest, headers: { 'content-type': manifestType } });
}

async function copyBlob(from: Place, to: Place, digest: string): Promise<void> {
  const body = await (await ask(from, `/blobs/${digest}`)).arrayBuffer();
  const started = await ask(to, '/blobs/uploads/', { method: 'POST' });
  const upload = new URL(started.headers.get('location') ?? '', to.address);
  upload.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  await ask({ ...to, address: upload.href }, '', { method: 'PUT', body, headers });
}

async function ask(place: Place, path: string, request: RequestInit = {}): Promise<Response> {
  const response = await fetch(place.address + path, { ...request, headers: { ...place.headers, ...request.headers } });
  if (!response.ok) throw new Error(`${request.method ?? 'GET'} ${response.url} answered ${response.status}`);
  return response;
}
