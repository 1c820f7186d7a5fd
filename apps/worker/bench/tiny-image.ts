import { createHash } from 'node:crypto';
import { newId } from '@zarpa/contracts';
import { planLabel, repositoryOf } from '../src/engines/kubernetes/builds/build-names.ts';
import type { RegistrySettings } from '../src/engines/kubernetes/builds/build-settings.ts';
import { aBuildPlan } from '../src/engines/local/testing/builders.ts';

const configType = 'application/vnd.oci.image.config.v1+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Puts an image into the registry that the engine takes for built, and that nobody ever starts. Returns its name. */
export async function pushTinyImage(registry: RegistrySettings): Promise<string> {
  const name = repositoryOf(registry, newId('instance'));
  const repository = name.slice(registry.host.length + 1);
  const base = `${registry.insecure ? 'http' : 'https'}://${registry.host}/v2/${repository}`;
  const credentials = Buffer.from(`${registry.username}:${registry.password?.reveal()}`).toString('base64');
  const send = async (method: string, url: URL | string, type: string, body?: Buffer): Promise<Response> => {
    const headers = { authorization: `Basic ${credentials}`, 'content-type': type };
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const push = async (bytes: Buffer, mediaType: string) => {
    const begun = await send('POST', `${base}/blobs/uploads/`, 'application/octet-stream');
    const upload = new URL(begun.headers.get('location') ?? '', base);
    upload.searchParams.set('digest', digestOf(bytes));
    await send('PUT', upload, 'application/octet-stream', bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  };
  const labels = { [planLabel]: Buffer.from(JSON.stringify(aBuildPlan)).toString('base64') };
  const config = await push(
    Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Labels: labels } })),
    configType,
  );
  const layers = [await push(Buffer.alloc(1_024), layerType)];
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config, layers }));
  await send('PUT', `${base}/manifests/${digestOf(manifest)}`, manifestType, manifest);
  return `${name}@${digestOf(manifest)}`;
}
