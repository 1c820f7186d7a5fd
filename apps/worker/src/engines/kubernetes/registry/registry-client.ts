import type { Secret } from '@zarpa/env';
import { z } from 'zod';
import { bearerChallenge } from './bearer-challenge.ts';
import { type Answer, HttpExchange } from './http-exchange.ts';

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const Manifest = z.object({
  config: z.object({ digest: z.string() }).optional(),
  layers: z.array(z.object({ size: z.int().nonnegative() })).optional(),
  manifests: z
    .array(z.object({ digest: z.string(), annotations: z.record(z.string(), z.string()).optional() }))
    .optional(),
});
export type Manifest = z.infer<typeof Manifest>;

const ImageConfig = z.object({ config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).optional() });

/** What the registry knows of an image. */
export interface Image {
  /** What its layers take, compressed. */
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
}

const Tags = z.object({ tags: z.array(z.string()).nullish() });

/** What a registry refused, or (`status` 0) that it gave no answer. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** One registry, by the OCI distribution API. `repository` is without the registry's host; `reference` a tag or a digest. */
export class RegistryClient {
  readonly #base: string;
  readonly #credentials: string | null;
  readonly #http: HttpExchange;
  readonly #tokens = new Map<string, string>();

  constructor(options: {
    host: string;
    username: string | null;
    password: Secret<string> | null;
    insecure: boolean;
    caPem: string | null;
  }) {
    const { host, username, password, insecure, caPem } = options;
    this.#base = `${insecure ? 'http' : 'https'}://${host}/v2`;
    this.#credentials =
      username === null || password === null
        ? null
        : `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
    this.#http = new HttpExchange({ caPem });
  }

  /** Null where there is no such manifest. */
  async digestOf(repository: string, reference: string): Promise<string | null> {
    const answer = await this.#ask('HEAD', repository, `manifests/${reference}`);
    const digest = answer?.headers['docker-content-digest'];
    return typeof digest === 'string' ? digest : null;
  }

  async manifest(repository: string, reference: string): Promise<Manifest | null> {
    const answer = await this.#ask('GET', repository, `manifests/${reference}`);
    return answer === null ? null : Manifest.parse(JSON.parse(answer.body.toString('utf8')));
  }

  /** Of an index: the image of its first platform. Null where there is none. */
  async image(repository: string, reference: string): Promise<Image | null> {
    const manifest = await this.manifest(repository, reference);
    const platform = manifest?.manifests?.find(
      ({ annotations }) => annotations?.['vnd.docker.reference.type'] === undefined,
    );
    if (platform !== undefined) return await this.image(repository, platform.digest);
    if (manifest?.layers === undefined) return null;
    const bytes = manifest.layers.reduce((sum, { size }) => sum + size, 0);
    return { bytes, labels: await this.#labels(repository, manifest.config?.digest) };
  }

  /** Empty where there is no such repository. */
  async tags(repository: string): Promise<string[]> {
    const found: string[] = [];
    for (let path: string | null = 'tags/list?n=500'; path !== null; ) {
      const answer: Answer | null = await this.#ask('GET', repository, path);
      if (answer === null) return found;
      found.push(...(Tags.parse(JSON.parse(answer.body.toString('utf8'))).tags ?? []));
      const next = /<[^>]*[?&](last=[^&>]*)[^>]*>;\s*rel="?next/.exec(String(answer.headers.link ?? ''))?.[1];
      path = next === undefined ? null : `tags/list?n=500&${next}`;
    }
    return found;
  }

  /** False where it was gone already. */
  async delete(repository: string, digest: string): Promise<boolean> {
    return (await this.#ask('DELETE', repository, `manifests/${digest}`)) !== null;
  }

  close(): void {
    this.#http.close();
  }

  async #labels(repository: string, configDigest: string | undefined): Promise<Record<string, string>> {
    if (configDigest === undefined) return {};
    const answer = await this.#ask('GET', repository, `blobs/${configDigest}`);
    if (answer === null) return {};
    return ImageConfig.parse(JSON.parse(answer.body.toString('utf8'))).config?.Labels ?? {};
  }

  async #ask(method: string, repository: string, path: string): Promise<Answer | null> {
    const url = new URL(`${this.#base}/${repository}/${path}`);
    const scope = `repository:${repository}:${method === 'DELETE' ? 'pull,delete' : 'pull'}`;
    const first = await this.#send(method, url, this.#tokens.get(scope) ?? this.#credentials);
    const second = first.status === 401 ? await this.#authorized(method, url, { scope, refused: first }) : first;
    const answer = await this.#redirected(method, url, second);
    if (answer.status === 404) return null;
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new RegistryError(`The registry answered ${answer.status} to ${method} ${url.pathname}`, answer.status);
  }

  async #authorized(method: string, url: URL, { scope, refused }: { scope: string; refused: Answer }): Promise<Answer> {
    const challenge = bearerChallenge(refused.headers['www-authenticate'], scope);
    if (challenge === null) return refused;
    const granted = await this.#send('GET', challenge, this.#credentials);
    if (granted.status !== 200) {
      throw new RegistryError(`The registry's token service answered ${granted.status}`, granted.status);
    }
    const { token, access_token } = z
      .object({ token: z.string().optional(), access_token: z.string().optional() })
      .parse(JSON.parse(granted.body.toString('utf8')));
    const bearer = `Bearer ${token ?? access_token ?? ''}`;
    this.#tokens.set(scope, bearer);
    return await this.#send(method, url, bearer);
  }

  /** Blobs often lie elsewhere, at an address that needs no credentials. */
  async #redirected(method: string, url: URL, answer: Answer): Promise<Answer> {
    const { location } = answer.headers;
    const isRedirect = answer.status >= 301 && answer.status <= 308 && location !== undefined;
    return isRedirect ? await this.#send(method, new URL(location, url), null) : answer;
  }

  async #send(method: string, url: URL, authorization: string | null): Promise<Answer> {
    const headers = { accept: accepted, ...(authorization === null ? {} : { authorization }) };
    try {
      return await this.#http.send(method, url, headers);
    } catch (error) {
      throw new RegistryError(`No answer to ${method} ${url.pathname}`, 0, { cause: error });
    }
  }
}
